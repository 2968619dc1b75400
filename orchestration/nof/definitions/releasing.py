"""The release as assets, one partition per quarter: the candidate, the site made from it, and the release."""

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
from nof.definitions.names import CANDIDATE, ENGINEER, RELEASE, RELEASE_GROUP, SITE
from nof.definitions.shown import link
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.gates import PAGE
from nof.release import find_release
from nof.release.seal import read_manifest


def release_assets(
    made_of: Sequence[AssetKey], quarters: PartitionsDefinition[str]
) -> list[AssetsDefinition]:
    """What a release is made in: its tables and files, its pages, and its sealing and promotion.

    Args:
        made_of: the publication tables.
        quarters: the partitions.
    """
    return [_candidate(made_of, quarters), _site(quarters), _release(quarters)]


def _candidate(made_of: Sequence[AssetKey], quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """A release in the making, in the private folder of the build."""

    @asset(
        key=CANDIDATE,
        group_name=RELEASE_GROUP,
        description="The tables in every format and what travels beside them; in the build, for nobody yet.",
        deps=list(made_of),
        owners=[ENGINEER],
        partitions_def=quarters,
    )
    def candidate(context: AssetExecutionContext, whole_run: WholeRun) -> MaterializeResult[Any]:
        with refusals_as_failures():
            prepared = whole_run.prepared
            steps.assemble(prepared)
            steps.make_companions(prepared, context.log.debug)
        return MaterializeResult(metadata={"release_id": prepared.release_id})

    return candidate


def _site(quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """The pages, before the release is sealed."""

    @asset(
        key=SITE,
        group_name=RELEASE_GROUP,
        description="The pages of the release: England, league tables, trusts, metrics, changes, method.",
        deps=[CANDIDATE],
        owners=[ENGINEER],
        partitions_def=quarters,
    )
    def site(whole_run: WholeRun) -> MaterializeResult[Any]:
        with refusals_as_failures():
            return MaterializeResult(metadata={"files": steps.make_site(whole_run.prepared)})

    return site


def _release(quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """The newest release of a quarter; it is in its place whole, or not at all."""

    @asset(
        key=RELEASE,
        group_name=RELEASE_GROUP,
        description="A release: whole, immutable, with every file it was made from in the register.",
        deps=[CANDIDATE, SITE],
        owners=[ENGINEER],
        freshness_policy=release_freshness(),
        partitions_def=quarters,
    )
    def release(whole_run: WholeRun) -> MaterializeResult[Any]:
        with refusals_as_failures():
            prepared = whole_run.prepared
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
                "site": link(prepared.request.home, folder / "site" / "index.html"),
                "trusts": int(read_manifest(folder)["trust_count"]),
                "inputs": [entry.name for entry in prepared.inputs],
                "is_bundled": prepared.landed.is_empty,
                "is_current": current is not None and current.name == folder.name,
            }
        )

    return release
