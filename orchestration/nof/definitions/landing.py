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
    RetryRequested,
    multi_asset,
)

from nof import steps
from nof.definitions.names import LANDING_GROUP, RELEASE, SUPPLIER, landing_keys
from nof.definitions.row_counts import row_counts
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.errors import HomeBusy

# Of a tag, in characters; the whole list is with the release.
_LONGEST_TAG = 250


def landing_assets(quarters: PartitionsDefinition[str]) -> AssetsDefinition:
    """One step that lands and writes all the tables.

    Where exactly this release exists, it writes none of them and the rest of the run is skipped: nothing new
    to release is no failure. Where another run holds the home, it waits and tries again; nothing else that
    stops it is better on the second try.
    """
    specs = [
        AssetSpec(
            key,
            group_name=LANDING_GROUP,
            description="Rows of the landed files as text, with file and row; empty on the bundled seeds.",
            owners=[SUPPLIER],
            kinds={"duckdb"},
            skippable=True,
            partitions_def=quarters,
        )
        for key in landing_keys()
    ]

    @multi_asset(name="land", specs=specs)
    def land(context: AssetExecutionContext, whole_run: WholeRun) -> Iterator[MaterializeResult[Any]]:
        with refusals_as_failures():
            try:
                prepared = whole_run.begin(context.partition_key)
            except HomeBusy as busy:
                if context.retry_number >= whole_run.busy_retries:
                    raise
                context.log.warning(str(busy))
                raise RetryRequested(whole_run.busy_retries, whole_run.busy_seconds) from busy
            context.instance.add_run_tags(context.run_id, _named(prepared))
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
        about: dict[str, Any] = {
            "release_id": prepared.release_id,
            "files": [file.file_name for file in prepared.landed.files],
            "new_files": [file.file_name for file in prepared.landed.new_files],
            "is_bundled": prepared.landed.is_empty,
        }
        counts = row_counts(prepared.database, [(key.path[0], key.path[1]) for key in landing_keys()])
        for key in landing_keys():
            count = counts[key.path[0], key.path[1]]
            yield MaterializeResult(asset_key=key, metadata={"dagster/row_count": count, **about})

    return land


def _named(prepared: steps.Prepared) -> dict[str, str]:
    """Tags by which a run is found again: what it makes, and of which files."""
    inputs = ", ".join(entry.name for entry in prepared.inputs) or "the bundled nation, which is invented"
    return {
        "nof/release_id": prepared.release_id,
        "nof/framework_id": prepared.framework_id,
        "nof/inputs": shortened(inputs),
    }


def shortened(text: str, most: int = _LONGEST_TAG) -> str:
    """As much of a text as a tag takes."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
