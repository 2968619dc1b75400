"""A gate as an asset: made when the gate has passed, with checks that say what it found."""

from collections.abc import Iterator, Sequence
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
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
from nof.definitions.names import ENGINEER, gate_group, gate_key
from nof.definitions.shown import claims_shown, page_shown, rows_shown
from nof.definitions.whole_run import WholeRun, refusals_as_failures
from nof.errors import NofError
from nof.gates import GateName, GateResult
from nof.gates.results import PASSED
from nof.gates.suites import Suite, load_suites
from nof.project import project_root

CHECK = "passes"


def gate_asset(
    gate: GateName, *, judges: Sequence[AssetKey], quarters: PartitionsDefinition[str]
) -> AssetsDefinition:
    """The asset `gates/<gate>` and its checks: one for each suite, and one for the verdict.

    A blocking check by itself holds back only what is downstream of its own asset. So whatever must not be
    made without the gate depends on this asset.

    Args:
        gate: `landed` or `scored`.
        judges: the assets it looks at.
        quarters: the partitions.
    """
    key = gate_key(gate)
    suites = load_suites(project_root() / "expectations", gate)

    @asset(
        key=key,
        group_name=gate_group(gate),
        description=f"The {gate} gate has passed: every critical expectation of expectations/{gate} holds.",
        deps=list(judges),
        owners=[ENGINEER],
        kinds={"great_expectations"},
        partitions_def=quarters,
        check_specs=[
            AssetCheckSpec(
                CHECK,
                asset=key,
                blocking=True,
                description=f"Every critical expectation of expectations/{gate} holds, and some were made.",
            ),
            *(_suite_check(key, suite) for suite in suites),
        ],
    )
    def judge(
        context: AssetExecutionContext, whole_run: WholeRun
    ) -> Iterator[AssetCheckResult | MaterializeResult[Any]]:
        del context
        with refusals_as_failures():
            prepared = whole_run.prepared
            result = steps.judge(prepared, gate, today=whole_run.today)
            whole_run.judged(result)
        page = page_shown(prepared, result)
        for suite in suites:
            yield _of_suite(suite.name, result, page)
        try:
            steps.stop_where_refused(prepared, result, today=whole_run.today)
        except NofError as refusal:
            yield _verdict(result, str(refusal), page)
            raise Failure(description=str(refusal), metadata=page, allow_retries=False) from refusal
        said = f"{result.expectation_count} expectations, {result.failed_count} failed"
        yield MaterializeResult(
            metadata={
                "release_id": prepared.release_id,
                "expectations": result.expectation_count,
                "warnings": len(result.warnings),
                "rows_checked": sum(row.checked_count for row in result.rows),
                **page,
            },
            check_results=[_verdict(result, said, page)],
        )

    return judge


def _suite_check(key: AssetKey, suite: Suite) -> AssetCheckSpec:
    claims = "\n".join(f"- {each.meaning} ({each.severity})" for each in suite.expectations)
    return AssetCheckSpec(
        suite.name,
        asset=key,
        blocking=any(each.severity == "critical" for each in suite.expectations),
        description=f"Of {suite.relation}:\n\n{claims}",
    )


def _of_suite(name: str, result: GateResult, page: dict[str, Any]) -> AssetCheckResult:
    """What a suite found: its claims with their denominators, and the rows against them."""
    rows = [row for row in result.rows if row.suite == name]
    failed = [row for row in rows if not row.is_passed]
    is_critical = any(row.severity == "critical" for row in failed)
    against = rows_shown(failed)
    return AssetCheckResult(
        passed=not failed,
        check_name=name,
        severity=AssetCheckSeverity.ERROR if is_critical else AssetCheckSeverity.WARN,
        description="; ".join(f"{row.meaning} {row.remedy} ({row.owner_role})" for row in failed) or None,
        metadata={
            "expectations": len(rows),
            "with_rows_to_check": sum(row.outcome == PASSED for row in rows) + len(failed),
            "rows_checked": sum(row.checked_count for row in rows),
            "rows_against": sum(row.unexpected_count or 0 for row in rows),
            "claims": claims_shown(rows),
            **({"failing_rows": against} if against else {}),
            **page,
        },
    )


def _verdict(result: GateResult, said: str, page: dict[str, Any]) -> AssetCheckResult:
    """How many expectations, the names of those that failed, and the rows against them."""
    failed = [row for row in result.rows if not row.is_passed]
    against = rows_shown(failed)
    return AssetCheckResult(
        passed=result.is_passed,
        check_name=CHECK,
        description=said,
        metadata={
            "expectations": result.expectation_count,
            "failed": [row.expectation_id for row in failed],
            **({"failing_rows": against} if against else {}),
            **page,
        },
    )
