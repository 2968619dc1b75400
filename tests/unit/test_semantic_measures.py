"""Each measure of the semantic model, run as SQL, gives the figure that counting rows in Python gives."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import fmean, median
from typing import Any

import duckdb
import pytest

from nof.companions import semantic
from nof.release.database import open_database

Row = dict[str, Any]
Rows = list[Row]


def share(rows: Rows, column: str) -> float:
    known = [row[column] for row in rows if row[column] is not None]
    return sum(known) / len(known)


def mean(rows: Rows, column: str) -> float:
    return fmean(float(row[column]) for row in rows if row[column] is not None)


def in_segment(rows: Rows, *segments: int) -> int:
    return len([row for row in rows if row["adjusted_segment"] in segments])


def scored(rows: Rows) -> float:
    applies = [row for row in rows if row["cell_status"] not in {"not_applicable", "excluded"}]
    return len([row for row in applies if row["metric_score"] is not None]) / len(applies)


def median_value(rows: Rows) -> Decimal | None:
    if len({row["metric_id"] for row in rows}) != 1:
        return None
    return Decimal(median(row["value"] for row in rows if row["value"] is not None))


EXPECTED: dict[str, Callable[[Rows], float | Decimal | None]] = {
    "Trusts": lambda rows: len({row["trust_code"] for row in rows}),
    "Average metric score": lambda rows: mean(rows, "average_metric_score"),
    "Trusts in segments 1 and 2": lambda rows: in_segment(rows, 1, 2),
    "Trusts in segment 3": lambda rows: in_segment(rows, 3),
    "Trusts in segment 4": lambda rows: in_segment(rows, 4),
    "Trusts in the improvement programme": lambda rows: len(
        [row for row in rows if row["is_in_improvement_programme"]]
    ),
    "Trusts with a financial override": lambda rows: len(
        [row for row in rows if row["has_financial_override"]]
    ),
    "Trusts moved by the override": lambda rows: len(
        [row for row in rows if (row["adjusted_segment"] or 0) > (row["unadjusted_segment"] or 9)]
    ),
    "Average domain score": lambda rows: mean(rows, "domain_score"),
    "Average score of metrics": lambda rows: mean(rows, "metric_score"),
    "Share of metrics scored": scored,
    "Median value": median_value,
    "Share of standards met": lambda rows: share(rows, "is_threshold_met"),
    "Share of targets met": lambda rows: share(rows, "is_on_target"),
}


@pytest.fixture(scope="module")
def database(bundled_release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(bundled_release / "nof.duckdb") as connection:
        yield connection


def rows_of(database: duckdb.DuckDBPyConnection, table: str, condition: str) -> Rows:
    found = database.execute(f"select * from publication.{table} where {condition}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_every_measure_has_an_expected_figure() -> None:
    assert [measure.name for measure in semantic.read_measures()] == list(EXPECTED)


@pytest.mark.parametrize(
    "condition",
    [
        "quarter_id = '2025-26-Q4'",
        "quarter_id = '2025-26-Q1'",
        "quarter_id = '2025-26-Q3' and trust_type_id = 'ambulance'",
        "true",
    ],
)
@pytest.mark.parametrize("measure", semantic.read_measures(), ids=lambda measure: measure.name)
def test_a_measure_gives_the_figure_that_counting_gives(
    database: duckdb.DuckDBPyConnection, measure: semantic.Measure, condition: str
) -> None:
    rows = rows_of(database, measure.table, condition)
    found = database.execute(
        f"select {measure.sql} from publication.{measure.table} where {condition}"
    ).fetchall()[0][0]
    wanted = EXPECTED[measure.name](rows)
    assert rows and (found is None) == (wanted is None)
    assert wanted is None or float(found) == pytest.approx(float(wanted))


@pytest.mark.parametrize("metric_id", ["OF0003", "OF0020", "OF0017", "OF0085"])
def test_the_median_of_one_metric_is_that_of_its_values(
    database: duckdb.DuckDBPyConnection, metric_id: str
) -> None:
    (measure,) = [each for each in semantic.read_measures() if each.name == "Median value"]
    condition = f"quarter_id = '2025-26-Q4' and metric_id = '{metric_id}'"
    rows = rows_of(database, "fct_metric", condition)
    found = database.execute(f"select {measure.sql} from publication.fct_metric where {condition}")
    wanted = median_value(rows)
    assert wanted is not None
    assert float(found.fetchall()[0][0]) == pytest.approx(float(wanted))


def test_figures_of_the_bundled_nation_worked_out_by_hand(database: duckdb.DuckDBPyConnection) -> None:
    # Of 205 trusts in Q4 of the bundled nation: 134 acute, 61 mental health and community, 10 ambulance;
    # 26 + 22 in segments 1 and 2, 27 + 28 + 51 in 3; 32, 17 and 2 of the types in 4; 27 + 28 moved to 3.
    counted = {
        measure.name: database.execute(
            f"select {measure.sql} from publication.fct_segment where quarter_id = '2025-26-Q4'"
        ).fetchall()[0][0]
        for measure in semantic.read_measures()
        if measure.table == "fct_segment"
    }
    assert counted["Trusts"] == 134 + 61 + 10
    segments = ("Trusts in segments 1 and 2", "Trusts in segment 3", "Trusts in segment 4")
    assert [counted[name] for name in segments] == [48, 106, 32 + 17 + 2]
    assert counted["Trusts moved by the override"] == 27 + 28
