"""A gate fails closed, keeps what it found as the same bytes, and refuses in words one can act on."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_gates import build_things, execute, expectation, write_suite

from nof.errors import InputRefused, ScoredGateRefused
from nof.gates import GateResult, raise_if_refused, record_gate, run_gate

GOOD = "('f1', 2, '2025-26-Q1', 'ZZ1', 'OF0082', 5.25)"
BAD = "('f1', 3, '2025-26-Q1', 'ZZ2', 'OF0082', 140)"


class Bench:
    """A build with staging.things, a folder of suites and a folder of results."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "build.duckdb"
        self.suites = folder / "expectations"
        self.results = folder / "quality"
        self.suites.mkdir()

    def suite(self, *expectations: dict[str, Any], gate: str = "landed", **keys: Any) -> None:
        write_suite(self.suites, gate, "things", expectations, **keys)

    def run(self, gate: str = "landed") -> GateResult:
        return run_gate(
            "landed" if gate == "landed" else "scored",
            self.database,
            results_directory=self.results,
            expectations_directory=self.suites,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    build_things(bench.database, f"{GOOD}, {BAD}")
    return bench


def _only(result: GateResult) -> tuple[bool, str, bool]:
    assert len(result.rows) == 1
    return result.rows[0].is_passed, result.rows[0].outcome, result.is_passed


def test_a_true_claim_passes(bench: Bench) -> None:
    execute(bench.database, "delete from staging.things where value_number > 100")
    bench.suite(expectation("a"))
    result = bench.run()
    assert result.is_passed
    assert (result.expectation_count, result.failed_count) == (1, 0)
    raise_if_refused(result)


def test_a_false_claim_refuses_with_its_denominator_and_its_first_row(bench: Bench) -> None:
    bench.suite(expectation("a"))
    result = bench.run()
    row = result.rows[0]
    assert not result.is_passed
    assert (row.checked_count, row.unexpected_count) == (2, 1)
    assert row.first_unexpected == (
        "file acute.csv, row 3, quarter 2025-26-Q1, trust ZZ2, metric OF0082: value_number = 140"
    )


def test_an_empty_relation_refuses(bench: Bench) -> None:
    execute(bench.database, "delete from staging.things")
    bench.suite(expectation("a"))
    assert _only(bench.run()) == (False, "nothing_to_check", False)


def test_an_empty_relation_that_may_be_empty_is_not_called_passed(bench: Bench) -> None:
    execute(bench.database, "create table staging.others as select * from staging.things where false")
    execute(bench.database, "delete from staging.things where value_number > 100")
    bench.suite(expectation("a"))
    write_suite(
        bench.suites, "landed", "others", [expectation("b")], relation="staging.others", may_be_empty=True
    )
    result = bench.run()
    assert [row.outcome for row in result.rows] == ["nothing_to_check_allowed", "passed"]
    assert result.is_passed


def test_a_gate_that_really_checked_nothing_refuses(bench: Bench) -> None:
    execute(bench.database, "delete from staging.things")
    bench.suite(expectation("a"), may_be_empty=True)
    result = bench.run()
    assert not result.is_passed
    with pytest.raises(InputRefused):
        raise_if_refused(result)


def test_only_empty_cells_are_nothing_to_check(bench: Bench) -> None:
    execute(bench.database, "update staging.things set value_number = null")
    bench.suite(expectation("a"))
    assert _only(bench.run()) == (False, "nothing_to_check", False)


def test_a_missing_relation_refuses(bench: Bench) -> None:
    bench.suite(expectation("a"), relation="staging.nowhere")
    assert _only(bench.run()) == (False, "could_not_be_run", False)


@pytest.mark.parametrize(
    "broken",
    [
        expectation("a", kwargs={"column": "no_such_column", "min_value": 0}),
        expectation("a", kwargs={"column": "value_number"}),
        expectation("a", "expect_the_unexpected"),
        expectation(
            "a", "expect_column_values_to_be_in_set", kwargs={"column": "value_number", "value_set": ["x"]}
        ),
    ],
)
def test_a_crash_refuses_and_leaves_the_others_standing(bench: Bench, broken: dict[str, Any]) -> None:
    bench.suite(broken, expectation("b", kwargs={"column": "value_number", "max_value": 200}))
    result = bench.run()
    assert [(row.expectation_id, row.outcome) for row in result.rows] == [
        ("a", "could_not_be_run"),
        ("b", "passed"),
    ]
    assert not result.is_passed


def test_a_crash_of_great_expectations_refuses(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from great_expectations.datasource.fluent.interfaces import Batch

    def crash(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    bench.suite(expectation("a"), expectation("b"))
    monkeypatch.setattr(Batch, "validate", crash)
    result = bench.run()
    assert [(row.outcome, row.observed) for row in result.rows] == [
        ("could_not_be_run", "MemoryError: no room")
    ] * 2
    assert not result.is_passed


def test_an_answer_about_other_rows_refuses(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from great_expectations.core import ExpectationSuiteValidationResult

    true_answer = ExpectationSuiteValidationResult.to_json_dict

    def stale(self: Any) -> Any:
        answer = true_answer(self)
        answer["results"][0] |= {"success": True, "result": {"element_count": 1, "unexpected_count": 0}}
        return answer

    bench.suite(expectation("a"))
    monkeypatch.setattr(ExpectationSuiteValidationResult, "to_json_dict", stale)
    assert _only(bench.run()) == (False, "could_not_be_run", False)


def test_a_gate_without_suites_refuses(bench: Bench) -> None:
    bench.suite(expectation("a"), gate="scored")
    result = bench.run("landed")
    assert not result.is_passed
    assert result.expectation_count == 0
    with pytest.raises(InputRefused, match="at least one suite"):
        raise_if_refused(result)


def test_a_missing_build_file_is_an_error(bench: Bench) -> None:
    bench.database.unlink()
    bench.suite(expectation("a"))
    with pytest.raises(FileNotFoundError):
        bench.run()


def test_a_warning_is_kept_and_does_not_stop(bench: Bench) -> None:
    bench.suite(
        expectation("a", severity="warning"),
        expectation("b", kwargs={"column": "value_number", "min_value": 0}),
    )
    result = bench.run()
    assert result.is_passed
    assert result.failed_count == 1
    assert [row.expectation_id for row in result.warnings] == ["a"]
    raise_if_refused(result)


def test_where_and_query_choose_the_rows(bench: Bench) -> None:
    bench.suite(expectation("a"), where="trust_code = 'ZZ1'")
    write_suite(
        bench.suites,
        "landed",
        "grouped",
        [expectation("b", kwargs={"column": "trust_count", "min_value": 2, "max_value": 2})],
        query=["select quarter_id, count(*) as trust_count", "from staging.things group by quarter_id"],
        totals=["trust_count"],
    )
    result = bench.run()
    assert result.is_passed
    assert [(row.checked_count, row.observed) for row in result.rows] == [(1, "trust_count 2"), (1, "")]


def test_the_landed_refusal_names_file_row_column_value_and_remedy(bench: Bench) -> None:
    bench.suite(expectation("a"))
    with pytest.raises(InputRefused) as caught:
        raise_if_refused(bench.run())
    assert caught.value.exit_status == 3
    problem = caught.value.problems[0]
    assert (problem.file, problem.row, problem.column, problem.value) == ("acute.csv", 3, "Value", "140")
    for part in (
        "2025-26-Q1",
        "ZZ2",
        "OF0082",
        "140",
        "Values lie between",
        "1 of 2 rows",
        "Correct the value.",
    ):
        assert part in str(problem)


def test_the_scored_refusal_names_expectation_counts_first_row_and_remedy(bench: Bench) -> None:
    bench.suite(expectation("values_lie_within_bounds"), gate="scored")
    with pytest.raises(ScoredGateRefused) as caught:
        raise_if_refused(bench.run("scored"))
    assert caught.value.exit_status == 4
    # For an alert: who is asked, for what.
    assert caught.value.owner_role and caught.value.remedy.startswith("Correct")
    text = str(caught.value)
    for part in (
        "values_lie_within_bounds",
        "1 of 2 rows",
        "acute.csv, row 3",
        "trust ZZ2",
        "= 140",
        "Correct",
    ):
        assert part in text


def test_the_same_build_gives_the_same_bytes(bench: Bench) -> None:
    bench.suite(expectation("a"), expectation("b", "expect_the_unexpected"))
    contents = []
    for name in ("first", "second"):
        bench.results = bench.results.parent / name
        bench.run()
        contents.append({path.name: path.read_bytes() for path in bench.results.iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {"landed.validation.json", "landed.results.csv", "quality.html"}
    assert str(bench.database.parent).encode() not in b"".join(contents[0].values())


def test_results_are_kept_as_rows_and_as_validation_json(bench: Bench) -> None:
    bench.suite(expectation("a"))
    bench.run()
    with (bench.results / "landed.results.csv").open(encoding="utf-8", newline="") as file:
        row = next(iter(csv.DictReader(file)))
    assert (row["gate"], row["expectation_id"], row["is_passed"], row["checked_count"]) == (
        "landed",
        "a",
        "false",
        "2",
    )
    kept = json.loads((bench.results / "landed.validation.json").read_text(encoding="utf-8"))
    assert kept["is_passed"] is False
    assert kept["suites"][0]["results"][0]["result"]["unexpected_count"] == 1


def test_the_page_shows_both_gates_and_loads_nothing(bench: Bench) -> None:
    bench.suite(expectation("a", meaning="Values <b>lie</b> between 0 and 100."))
    write_suite(bench.suites, "scored", "things", [expectation("b")])
    bench.run("landed")
    bench.run("scored")
    page = (bench.results / "quality.html").read_text(encoding="utf-8")
    for part in ("Landed gate", "Scored gate", "<caption", 'scope="col"', 'scope="row"', 'lang="en-GB"'):
        assert part in page
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in page
    assert "Not an NHS England publication" in page
    assert "&lt;b&gt;lie" in page
    assert not re.search(r"https?:|//|<script|<link|<img|src=|@import|url\(", page)


def test_the_record_is_one_row_per_gate(bench: Bench) -> None:
    execute(bench.database, "delete from staging.things where value_number > 100")
    bench.suite(expectation("a"))
    result = bench.run()
    record_gate(bench.database, result)
    record_gate(bench.database, result)
    connection = duckdb.connect(str(bench.database))
    try:
        rows = connection.execute("select * from gates.gate_records").fetchall()
    finally:
        connection.close()
    assert rows == [("landed", True, 1, 0)]


def test_a_gate_leaves_no_connection_behind(bench: Bench) -> None:
    bench.suite(expectation("a"), relation="staging.nowhere")
    bench.run()
    execute(bench.database, "create table staging.written_afterwards (x bigint)")


def test_importing_the_gates_does_not_load_great_expectations() -> None:
    code = "import sys, nof.gates; sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_relation_that_cannot_be_read_is_one_problem_not_one_per_expectation(bench: Bench) -> None:
    bench.suite(expectation("a"), expectation("b"), relation="staging.nowhere")
    with pytest.raises(InputRefused) as caught:
        raise_if_refused(bench.run())
    assert len(caught.value.problems) == 1
    assert "2 expectations of things" in str(caught.value)
