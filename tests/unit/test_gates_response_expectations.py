"""The suites about what follows where nothing may be said; their bad cases are in harness_gates_response."""

import json
import shutil
from pathlib import Path

import pytest
from harness_gates import build_scored, execute

from nof.gates import run_gate
from nof.project import project_root

SCORED = project_root() / "expectations" / "scored"
# A gate that checked nothing at all does not pass, so this suite stands beside an empty one.
BESIDE = "delivery_scores"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("good") / "scored.duckdb"
    build_scored(database)
    return database


@pytest.mark.parametrize(
    ("suite", "outcome"),
    [
        # No register is landed, and the framework has no target.
        ("target_progress", "nothing_to_check_allowed"),
        ("register_entries_in_hand", "nothing_to_check_allowed"),
        # The framework has no consequence; that there is none where it has some is for response_spine to see.
        ("responses", "nothing_to_check_allowed"),
        # What is not in hand has a row that says so.
        ("capability_ratings", "nothing_to_check"),
        ("winter_assurance", "nothing_to_check"),
        ("board_lines", "nothing_to_check"),
    ],
)
def test_no_rows_pass_only_where_files_or_the_framework_may_say_nothing(
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
    content = json.loads((SCORED / f"{suite}.json").read_text(encoding="utf-8"))
    ids = {expectation["id"] for expectation in content["expectations"]}
    assert {row.outcome for row in result.rows if row.expectation_id in ids} == {outcome}
    assert result.is_passed == (outcome != "nothing_to_check")
