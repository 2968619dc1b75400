"""The landing tables as assets: rows of the landed files as text."""

from collections.abc import Iterator
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetObservation,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    PartitionsDefinition,
    multi_asset,
)

from nof import steps
from nof.definitions.names import LANDING_GROUP, RELEASE, landing_keys
from nof.definitions.whole_run import WholeRun, refusals_as_failures


def landing_assets(quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """One step that lands and writes all the tables.

    Where exactly this release exists, it writes none of them and the rest of the run is skipped: nothing new
    to release is no failure.
    """
    specs = [
        AssetSpec(
            key,
            group_name=LANDING_GROUP,
            description="Rows of the landed files as text, with file and row; empty on the bundled seeds.",
            kinds={"duckdb"},
            skippable=True,
            partitions_def=quarters,
        )
        for key in landing_keys()
    ]

    @multi_asset(name="land", specs=specs)
    def land(context: AssetExecutionContext, whole_run: WholeRun) -> Iterator[MaterializeResult[Any]]:
        with refusals_as_failures():
            prepared = whole_run.begin(context.partition_key)
            for each in prepared.landed.set_aside:
                context.log.warning(f"Left out, because it was refused before and still is: {each.path}")
            if prepared.clock_warning:
                context.log.warning(prepared.clock_warning)
            if prepared.is_released:
                context.log.info(f"Nothing new to release; there already is {prepared.released}")
                context.log_event(
                    AssetObservation(
                        RELEASE,
                        partition=context.partition_key,
                        description="Nothing new to release.",
                        metadata={"folder": str(prepared.released)},
                    )
                )
                return
            steps.write_landing(prepared)
        metadata: dict[str, Any] = {
            "release_id": prepared.release_id,
            "files": [file.file_name for file in prepared.landed.files],
            "new_files": [file.file_name for file in prepared.landed.new_files],
            "is_bundled": prepared.landed.is_empty,
        }
        for key in landing_keys():
            yield MaterializeResult(asset_key=key, metadata=metadata)

    return land
