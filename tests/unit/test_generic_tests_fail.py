"""Each generic dbt test is shown a table that is right and one that is not: it must tell them apart."""

import duckdb
import pytest
from harness_macros import ROOT, generic_test

CASES = {
    "holds": ({"condition": "number > 0"}, "(1), (2)", ["(1), (0)", "(1), (null)"]),
    "in_range": ({"column_name": "number", "low": 1, "high": 4}, "(1), (4), (null)", ["(0.99)", "(4.01)"]),
    "not_empty": ({}, "(null)", [""]),
    "unique_combination": ({"columns": ["number"]}, "(1), (2)", ["(1), (1)"]),
}


def problems(name: str, rows: str) -> int:
    """How many rows the test hands back for a table of one column with these rows."""
    arguments, _, _ = CASES[name]
    with duckdb.connect() as connection:
        connection.execute("create table shown (number decimal(6, 2))")
        if rows:
            connection.execute(f"insert into shown values {rows}")
        return len(connection.execute(generic_test(name)(model="shown", **arguments)).fetchall())


@pytest.mark.parametrize("name", CASES)
def test_a_generic_test_passes_what_is_right_and_fails_what_is_not(name: str) -> None:
    _, right, wrong = CASES[name]
    assert problems(name, right) == 0
    assert [problems(name, rows) for rows in wrong] == [1] * len(wrong)


def test_every_generic_test_is_shown_a_bad_case() -> None:
    assert {path.stem for path in (ROOT / "tests" / "dbt" / "generic").glob("*.sql")} == set(CASES)


@pytest.mark.parametrize(("given", "problem_count"), [("(1), (2)", 1), ("(1)", 0)])
def test_an_empty_table_is_right_only_where_there_is_nothing_to_make_rows_of(
    given: str, problem_count: int
) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table shown (number int)")
        connection.execute(f"create table given as select * from (values {given}) as rows (number)")
        asked = generic_test("not_empty")(model="shown", given="given", given_where="number = 2")
        assert len(connection.execute(asked).fetchall()) == problem_count
