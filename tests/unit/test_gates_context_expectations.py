"""The suites about contextual metrics and organisations where files may say nothing (bad cases: harness)."""

import json
import shutil
from pathlib import Path

import pytest
from harness_gates import build_scored, execute

from nof.gates import run_gate
from nof.project import project_root

SCORED = project_root() / "expectations" / "scored"
# A gate that checked nothing at all does not pass, so this suite stands beside an empty one.
BESIDE = "organisations"


def _suite_ids(suite: str) -> set[str]:
    content = json.loads((SCORED / f"{suite}.json").read_text(encoding="utf-8"))
    return {expectation["id"] for expectation in content["expectations"]}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("good") / "scored.duckdb"
    build_scored(database)
    return database


@pytest.mark.parametrize(
    ("suite", "outcome"),
    [
        # The real oversight files alone: no contextual row, no trust file, no register.
        ("context_values", "nothing_to_check_allowed"),
        ("context_benchmarks", "nothing_to_check_allowed"),
        ("organisation_icbs", "nothing_to_check_allowed"),
        ("organisation_changes", "nothing_to_check_allowed"),
        # Every quarter has organisations: a comparison of none of them is a failure.
        ("like_for_like", "failed"),
    ],
)
def test_no_rows_pass_only_where_files_may_say_nothing(
    suite: str, outcome: str, good: Path, tmp_path: Path
) -> None:
    database = tmp_path / "empty.duckdb"
    shutil.copy(good, database)
    execute(database, f"delete from context.{suite}")
    target = tmp_path / "expectations" / "scored"
    target.mkdir(parents=True)
    for name in (suite, BESIDE):
        shutil.copy(SCORED / f"{name}.json", target)
    result = run_gate(
        "scored",
        database,
        results_directory=tmp_path / "results",
        expectations_directory=tmp_path / "expectations",
    )
    outcomes = {row.outcome for row in result.rows if row.expectation_id in _suite_ids(suite)}
    assert outcome in outcomes
    assert result.is_passed == (outcome == "nothing_to_check_allowed")
