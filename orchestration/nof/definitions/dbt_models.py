"""The dbt models, seeds and tests as assets and checks, built by the same in-process dbt as in `nof run`."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dagster import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    MaterializeResult,
    PartitionsDefinition,
)
from dagster_dbt import dbt_assets

from nof.definitions.names import gate_key
from nof.definitions.row_counts import row_counts
from nof.definitions.translation import UNIQUE_ID, Manifest, Translator
from nof.definitions.whole_run import RUN_THE_JOB, WholeRun, refusals_as_failures
from nof.errors import NofError, UsageRefused
from nof.gates import GateName
from nof.warehouse import Warehouse

Result = MaterializeResult[Any] | AssetCheckResult


@cache
def read_manifest() -> Manifest:
    """All models, seeds and tests, as dbt reads them: once per process, and nothing is left behind on disk.

    Dagster reloads a changed project in a new process, so this cannot grow stale.
    """
    with TemporaryDirectory(prefix="nof-manifest-") as scratch:
        # Named as a run names its database, so that a run in this process need not read the project again.
        warehouse = Warehouse(Path(scratch) / "build.duckdb", Path(scratch))
        manifest: Manifest = json.loads(warehouse.parse().read_text(encoding="utf-8"))
    return manifest


def dbt_step(
    manifest: Manifest,
    *,
    name: str,
    builds: str,
    shows: str,
    quarters: PartitionsDefinition[str],
    behind: GateName | None = None,
) -> AssetsDefinition:
    """The assets and checks of one dbt build.

    Args:
        manifest: what dbt knows of the project.
        name: of the step.
        builds: the selector of selectors.yml that the step builds.
        shows: the dbt selection of what becomes assets here; less than is built where an earlier step shows
            the rest. By name, not by path: dagster-dbt looks for paths from where Dagster was started.
        quarters: the partitions.
        behind: the gate that must have passed before; each asset depends on it.
    """

    def build(context: AssetExecutionContext, whole_run: WholeRun) -> Iterator[Result]:
        refusal: NofError | None = None
        with refusals_as_failures():
            # The context has only what was selected; `assets`, below, is the whole step.
            chosen = (set(context.selected_asset_keys), set(context.selected_asset_check_keys))
            if chosen != (set(assets.keys), set(assets.check_keys)):
                raise UsageRefused(f"A part of the step {name} cannot be built by itself. {RUN_THE_JOB}")
            warehouse = whole_run.warehouse
        try:
            warehouse.build(builds, progress=context.log.debug)
        except NofError as error:
            refusal = error
        yield from _results(assets, warehouse)
        if refusal:
            raise Failure(description=str(refusal), allow_retries=False) from refusal
        missing = _unique_ids(assets) - {each.node.unique_id for each in warehouse.results}
        if missing:
            raise Failure(
                description=f"The selector {builds} did not build {', '.join(sorted(missing))}, which the "
                f"step {name} shows. Make selectors.yml and the graph agree.",
                allow_retries=False,
            )

    assets: AssetsDefinition = dbt_assets(
        manifest=manifest,
        name=name,
        partitions_def=quarters,
        dagster_dbt_translator=Translator(gate_key(behind) if behind else None),
        select=shows,
    )(build)
    return assets


def model_keys(assets: AssetsDefinition) -> list[AssetKey]:
    """The models of a step, without the seeds."""
    return [spec.key for spec in assets.specs if spec.metadata[UNIQUE_ID].startswith("model.")]


def _unique_ids(assets: AssetsDefinition) -> set[str]:
    """All that a step is to build and to test."""
    made = {spec.metadata[UNIQUE_ID] for spec in assets.specs}
    return made | {spec.metadata[UNIQUE_ID] for spec in assets.check_specs}


def _results(assets: AssetsDefinition, warehouse: Warehouse) -> Iterator[Result]:
    """What dbt says it built and tested, no more: what it skipped is neither built nor passed."""
    keys: dict[str, AssetKey] = {spec.metadata[UNIQUE_ID]: spec.key for spec in assets.specs}
    checks: dict[str, AssetCheckKey] = {spec.metadata[UNIQUE_ID]: spec.key for spec in assets.check_specs}
    built = {
        each.node.unique_id: (each.node.schema, each.node.name)
        for each in warehouse.results
        if each.node.unique_id in keys and str(each.status) == "success"
    }
    counts = row_counts(warehouse.database, built.values())
    for result in warehouse.results:
        unique_id, status = result.node.unique_id, str(result.status)
        if unique_id in built:
            yield MaterializeResult(
                asset_key=keys[unique_id],
                metadata={
                    "dagster/row_count": counts[built[unique_id]],
                    "seconds": round(float(result.execution_time), 3),
                },
            )
        elif unique_id in checks and status != "skipped":
            check = checks[unique_id]
            yield AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=status == "pass",
                severity=AssetCheckSeverity.ERROR,
                description=result.message or None,
                metadata={"status": status, "failed_rows": int(result.failures or 0)},
            )
