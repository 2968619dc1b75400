"""Every expectation about capability, what follows, targets, the board and winter is shown a bad build."""

import json
import shutil
from pathlib import Path

import pytest
from harness_gates import FRAMEWORK, QUARTER, build_scored, execute
from harness_gates_response import BAD, SCORED_TABLES

from nof.gates import GateResult, run_gate
from nof.project import project_root

SCORED = project_root() / "expectations" / "scored"
GRAIN = f"'{FRAMEWORK}' as framework_id, '{QUARTER}' as quarter_id"
SUITES = [suite for _, suite in BAD]


def _suite_ids(suite: str) -> set[str]:
    content = json.loads((SCORED / f"{suite}.json").read_text(encoding="utf-8"))
    return {expectation["id"] for expectation in content["expectations"]}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("good") / "scored.duckdb"
    build_scored(database)
    execute(database, *(statement.format(grain=GRAIN) for statement in SCORED_TABLES))
    return database


def _judge(suites: list[str], database: Path, folder: Path) -> GateResult:
    """Judge by some suites of the project's own."""
    target = folder / "expectations" / "scored"
    target.mkdir(parents=True)
    for suite in suites:
        shutil.copy(SCORED / f"{suite}.json", target)
    return run_gate(
        "scored",
        database,
        results_directory=folder / "results",
        expectations_directory=folder / "expectations",
    )


def test_a_good_build_passes_every_expectation(good: Path, tmp_path: Path) -> None:
    result = _judge(SUITES, good, tmp_path)
    assert [
        (row.expectation_id, row.outcome, row.observed) for row in result.rows if row.outcome != "passed"
    ] == []
    assert result.is_passed


@pytest.mark.parametrize("suite", ["target_progress", "register_entries_in_hand"])
def test_a_run_without_any_register_entry_passes(suite: str, good: Path, tmp_path: Path) -> None:
    database = tmp_path / "empty.duckdb"
    shutil.copy(good, database)
    execute(database, f"delete from context.{suite}")
    # A gate that checked nothing at all does not pass, so another suite stands beside the empty one.
    result = _judge([suite, "board_lines"], database, tmp_path)
    outcomes = {row.outcome for row in result.rows if row.expectation_id in _suite_ids(suite)}
    assert outcomes == {"nothing_to_check_allowed"}
    assert result.is_passed


CASES = [
    pytest.param(suite, statements, failing, id=f"{suite}-{number}")
    for (_, suite), cases in BAD.items()
    for number, (statements, failing) in enumerate(cases)
]


@pytest.mark.parametrize(("suite", "statements", "failing"), CASES)
def test_a_bad_build_fails_the_expectation_about_it(
    suite: str, statements: list[str], failing: set[str], good: Path, tmp_path: Path
) -> None:
    database = tmp_path / "bad.duckdb"
    shutil.copy(good, database)
    execute(database, *statements)
    result = _judge([suite], database, tmp_path)
    assert {row.expectation_id for row in result.rows if row.outcome == "failed"} >= failing
    assert not result.is_passed


@pytest.mark.parametrize("suite", SUITES)
def test_every_expectation_is_shown_a_bad_case(suite: str) -> None:
    assert _suite_ids(suite) == set().union(*(failing for _, failing in BAD["scored", suite]))
