"""The bounds that the landed gate sets to values, asked of changed cells."""

from functools import cache

import duckdb

from nof.gates.suites import Expectation, Suite, load_suites
from nof.project import project_root

_TYPED = "staging.stg_nhse__oversight_data"


def find_beyond(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """The rows in the typed view that the landed gate would refuse for their value.

    Args:
        connection: a database whose typed view holds the changed rows and nothing else.

    Returns:
        Trust, measure and what the gate says, for each.
    """
    return [
        (trust_code, measure_id, meaning)
        for query, meaning in _questions()
        for trust_code, measure_id in connection.execute(query).fetchall()
    ]


@cache
def _questions() -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"select trust_code, measure_id from ({suite.sql}) as judged where {beyond} order by 1, 2",
            each.meaning,
        )
        for suite in _suites()
        for each in suite.expectations
        if each.severity == "critical" and (beyond := _beyond(each))
    )


def _suites() -> list[Suite]:
    found = load_suites(project_root() / "expectations", "landed")
    return [suite for suite in found if suite.relation == _TYPED and suite.name.startswith("values_")]


def _beyond(expectation: Expectation) -> str:
    """The condition of a value that the expectation refuses; empty for a kind that judges no single value."""
    asked = expectation.kwargs
    column = asked.get("column")
    if expectation.expectation_type == "expect_column_values_to_be_between":
        low, high = asked.get("min_value"), asked.get("max_value")
        below = f"{column} {'<=' if asked.get('strict_min') else '<'} {low}" if low is not None else ""
        above = f"{column} {'>=' if asked.get('strict_max') else '>'} {high}" if high is not None else ""
        return " or ".join(each for each in (below, above) if each)
    if expectation.expectation_type == "expect_column_values_to_be_in_set" and asked["value_set"] == [True]:
        return f"not {column}"
    return ""
