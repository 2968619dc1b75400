"""Every expectation in expectations/ is shown a good build, which passes, and a bad one, which must not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import harness_gates_beyond
import harness_gates_context
import harness_gates_distance
import harness_gates_history
import harness_gates_measures
import harness_gates_moved
import harness_gates_peers
import harness_gates_periods
import harness_gates_ranges
import harness_gates_reconciliation
import harness_gates_registers
import harness_gates_response
import harness_gates_scores
import harness_gates_sensitivity
import harness_gates_series
import harness_gates_sources
import pytest
from harness_gates import build_landed, build_scored, execute

from nof.gates import GateResult, run_gate
from nof.project import project_root

# Each module has the cases of some suites.
BAD = (
    harness_gates_scores.BAD
    | harness_gates_beyond.BAD
    | harness_gates_context.BAD
    | harness_gates_distance.BAD
    | harness_gates_history.BAD
    | harness_gates_ranges.BAD
    | harness_gates_peers.BAD
    | harness_gates_measures.BAD
    | harness_gates_periods.BAD
    | harness_gates_moved.BAD
    | harness_gates_registers.BAD
    | harness_gates_response.BAD
    | harness_gates_series.BAD
    | harness_gates_sources.BAD
    | harness_gates_reconciliation.BAD
    | harness_gates_sensitivity.BAD
)
BUILDERS: dict[str, Callable[[Path], None]] = {"landed": build_landed, "scored": build_scored}


def _suite_ids(gate: str, suite: str) -> set[str]:
    content: dict[str, Any] = json.loads(
        (project_root() / "expectations" / gate / f"{suite}.json").read_text()
    )
    return {expectation["id"] for expectation in content["expectations"]}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("good")
    for gate, build in BUILDERS.items():
        build(folder / f"{gate}.duckdb")
    return {gate: folder / f"{gate}.duckdb" for gate in BUILDERS}


def _judge(gate: str, suite: str, database: Path, folder: Path) -> GateResult:
    """Judge by one suite of the project's own."""
    target = folder / "expectations" / gate
    target.mkdir(parents=True)
    shutil.copy(project_root() / "expectations" / gate / f"{suite}.json", target)
    return run_gate(
        "landed" if gate == "landed" else "scored",
        database,
        results_directory=folder / "results",
        expectations_directory=folder / "expectations",
    )


@pytest.mark.parametrize("gate", ["landed", "scored"])
def test_a_good_build_passes_every_expectation(gate: str, good: dict[str, Path], tmp_path: Path) -> None:
    result = run_gate("landed" if gate == "landed" else "scored", good[gate], results_directory=tmp_path)
    assert [
        (row.expectation_id, row.outcome, row.observed) for row in result.rows if row.outcome != "passed"
    ] == []
    assert result.is_passed


CASES = [
    pytest.param((gate, suite), statements, failing, id=f"{suite}-{number}")
    for (gate, suite), cases in BAD.items()
    for number, (statements, failing) in enumerate(cases)
]


@pytest.mark.parametrize(("place", "statements", "failing"), CASES)
def test_a_bad_build_fails_the_expectation_about_it(
    place: tuple[str, str], statements: list[str], failing: set[str], good: dict[str, Path], tmp_path: Path
) -> None:
    gate, suite = place
    database = tmp_path / "bad.duckdb"
    shutil.copy(good[gate], database)
    execute(database, *statements)
    result = _judge(gate, suite, database, tmp_path)
    failed = {row.expectation_id for row in result.rows if row.outcome == "failed"}
    assert failed >= (failing or _suite_ids(gate, suite))
    assert result.is_passed == all(row.severity == "warning" for row in result.rows if not row.is_passed)


def test_every_expectation_is_shown_a_bad_case() -> None:
    shown: set[str] = set()
    for (gate, suite), cases in BAD.items():
        for _, failing in cases:
            shown |= failing or _suite_ids(gate, suite)
    paths = sorted((project_root() / "expectations").glob("*/*.json"))
    written = set().union(*(_suite_ids(path.parent.name, path.stem) for path in paths))
    assert written == shown
