"""The release as an asset, one partition per quarter."""

from collections.abc import Sequence
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    PartitionsDefinition,
    asset,
)

from nof import alerts, steps
from nof.definitions.calendar import release_freshness
from nof.definitions.names import ENGINEER, RELEASE, RELEASE_GROUP
from nof.definitions.shown import link
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.gates import PAGE
from nof.release import find_release
from nof.release.seal import read_manifest


def release_asset(made_of: Sequence[AssetKey], quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """The newest release of a quarter; it is in its place whole, or not at all.

    Args:
        made_of: the publication tables.
        quarters: the partitions.
    """

    @asset(
        key=RELEASE,
        group_name=RELEASE_GROUP,
        description="A release: whole, immutable, with every file it was made from in the register.",
        deps=list(made_of),
        owners=[ENGINEER],
        freshness_policy=release_freshness(),
        partitions_def=quarters,
    )
    def release(context: AssetExecutionContext, whole_run: WholeRun) -> MaterializeResult[Any]:
        with refusals_as_failures():
            prepared = whole_run.prepared
            steps.assemble(prepared)
            steps.make_companions(prepared, context.log.debug)
            folder = steps.publish(prepared)
        alerts.tell_outcome(prepared.request.home, whole_run.outcome, today=whole_run.today)
        current = find_release(prepared.request.home)
        return MaterializeResult(
            metadata={
                "release_id": prepared.release_id,
                "framework_id": prepared.framework_id,
                "release_status": "provisional",
                "folder": str(folder),
                "notes": link(prepared.request.home, folder / "notes.md"),
                "quality_page": link(prepared.request.home, folder / "quality" / PAGE),
                "difference": link(prepared.request.home, folder / "difference" / "index.html"),
                "trusts": int(read_manifest(folder)["trust_count"]),
                "inputs": [entry.name for entry in prepared.inputs],
                "is_bundled": prepared.landed.is_empty,
                "is_current": current is not None and current.name == folder.name,
            }
        )

    return release
