"""The bounds that the landed gate sets to values, metric by metric: no question takes a value beyond them."""

from collections.abc import Iterable, Mapping
from typing import Any

from nof.gates.suites import Expectation, Suite, load_suites
from nof.project import project_root

_TYPED = "staging.stg_nhse__oversight_data"
_BETWEEN, _IN_SET = "expect_column_values_to_be_between", "expect_column_values_to_be_in_set"
_WHOLE = "is_whole_number"

Bound = dict[str, Any]


def bounds_of(units: Mapping[str, Iterable[str]]) -> dict[str, list[Bound]]:
    """What each metric's values must keep to.

    Which suite is about which metric is asked of the suite itself: its query is run on a row of each.

    Args:
        units: the units that the rows of a metric are in, by metric.

    Returns:
        By metric: `min` and `max` as text, whether they are themselves outside, whether the number must be
        whole, and what the gate says.
    """
    import duckdb  # noqa: PLC0415 - heavy

    found: dict[str, list[Bound]] = {metric_id: [] for metric_id in units}
    with duckdb.connect() as connection:
        connection.execute("create schema staging")
        connection.execute(
            f"create table {_TYPED} (file_id varchar, row_number bigint, quarter_id varchar,"
            " trust_code varchar, measure_id varchar, unit_label varchar, value_number decimal(28, 10))"
        )
        connection.executemany(
            f"insert into {_TYPED} values ('', 1, '', '', ?, ?, 1)",
            [[metric_id, unit] for metric_id, named in units.items() for unit in named],
        )
        for suite in _suites():
            bounds = [bound for each in suite.expectations if (bound := _bound(each))]
            for (metric_id,) in connection.execute(
                f"select distinct measure_id from ({suite.sql}) as judged order by 1"
            ).fetchall():
                found[metric_id] += bounds
    return found


def _suites() -> list[Suite]:
    suites = load_suites(project_root() / "expectations", "landed")
    return [suite for suite in suites if suite.relation == _TYPED and suite.name.startswith("values_")]


def _bound(expectation: Expectation) -> Bound | None:
    """The bound that an expectation sets to a single value; the same reading as the command's."""
    asked = expectation.kwargs
    if expectation.severity != "critical":
        return None
    if expectation.expectation_type == _BETWEEN and asked.get("column") == "value_number":
        low, high = asked.get("min_value"), asked.get("max_value")
        return {
            "min": None if low is None else str(low),
            "max": None if high is None else str(high),
            "isMinOutside": bool(asked.get("strict_min")),
            "isMaxOutside": bool(asked.get("strict_max")),
            "isWhole": False,
            "meaning": expectation.meaning,
        }
    if expectation.expectation_type == _IN_SET and asked.get("column") == _WHOLE:
        return {
            "min": None,
            "max": None,
            "isMinOutside": False,
            "isMaxOutside": False,
            "isWhole": True,
            "meaning": expectation.meaning,
        }
    return None
