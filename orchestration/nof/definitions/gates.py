"""A gate as an asset: made when the gate has passed, with a blocking check that says what it found."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    MaterializeResult,
    PartitionsDefinition,
    asset,
)

from nof import steps
from nof.definitions.names import GATES_GROUP, gate_key
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.errors import NofError
from nof.gates import GateName
from nof.gates.results import read_rows

CHECK = "passes"


def gate_asset(
    gate: GateName, *, judges: Sequence[AssetKey], quarters: PartitionsDefinition[str]
) -> AssetsDefinition:
    """The asset `gates/<gate>` and its check.

    A blocking check by itself holds back only what is downstream of its own asset. So whatever must not be
    made without the gate depends on this asset.

    Args:
        gate: `landed` or `scored`.
        judges: the assets it looks at.
        quarters: the partitions.
    """
    key = gate_key(gate)

    @asset(
        key=key,
        group_name=GATES_GROUP,
        description=f"The {gate} gate has passed: every critical expectation of expectations/{gate} holds.",
        deps=list(judges),
        kinds={"great_expectations"},
        partitions_def=quarters,
        check_specs=[
            AssetCheckSpec(
                CHECK,
                asset=key,
                blocking=True,
                description=f"Every critical expectation of expectations/{gate} holds, and some were made.",
            )
        ],
    )
    def judge(
        context: AssetExecutionContext, whole_run: WholeRun
    ) -> Iterator[AssetCheckResult | MaterializeResult[Any]]:
        del context
        with refusals_as_failures():
            prepared = whole_run.prepared
        try:
            result = steps.pass_gate(prepared, gate, today=whole_run.today)
        except NofError as refusal:
            found = _found(gate, prepared.gate_results)
            yield AssetCheckResult(passed=False, description=str(refusal), metadata=found)
            raise Failure(description=str(refusal), allow_retries=False) from refusal
        yield MaterializeResult(
            metadata={"release_id": prepared.release_id},
            check_results=[
                AssetCheckResult(
                    passed=result.is_passed,
                    description=f"{result.expectation_count} expectations, {result.failed_count} failed",
                    metadata=_found(gate, prepared.gate_results),
                )
            ],
        )

    return judge


def _found(gate: GateName, results: Path) -> dict[str, Any]:
    """How many expectations, and the names of those that failed: as the gate wrote it down."""
    rows = read_rows(results / f"{gate}.results.csv")
    return {
        "expectations": len(rows),
        "failed": [row["expectation_id"] for row in rows if row["is_passed"] != "true"],
        "page": str(results / "quality.html"),
    }
