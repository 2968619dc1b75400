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

from nof import steps
from nof.definitions.names import RELEASE, RELEASE_GROUP
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.release import find_release


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
        partitions_def=quarters,
    )
    def release(context: AssetExecutionContext, whole_run: WholeRun) -> MaterializeResult[Any]:
        with refusals_as_failures():
            prepared = whole_run.prepared
            steps.assemble(prepared)
            steps.make_companions(prepared, context.log.debug)
            folder = steps.publish(prepared)
        current = find_release(prepared.request.home)
        return MaterializeResult(
            metadata={
                "release_id": prepared.release_id,
                "framework_id": prepared.framework_id,
                "folder": str(folder),
                "inputs": [entry.name for entry in prepared.inputs],
                "is_bundled": prepared.landed.is_empty,
                "is_current": current is not None and current.name == folder.name,
            }
        )

    return release
