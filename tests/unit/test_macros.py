"""The macros on their own, in an in-memory DuckDB: rounding, quantiles, text, numbers, the landing columns.

dbt unit tests cast what they expect to the model's type, so they cannot see rounding: it is seen here.
"""

import csv
import statistics
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from harness_macros import ROOT, macros, returned

MACROS = macros()
NO_BREAK = "\u00a0"


def value(expression: str, parameters: Sequence[Any] = ()) -> Any:
    """What one expression is."""
    with duckdb.connect() as connection:
        row = connection.execute(f"select {expression}", list(parameters)).fetchone()
    assert row is not None
    return row[0]


# Rounding (rules 1: half-up on the exact fraction, or after fixing to ten decimals).


@pytest.mark.parametrize(
    ("written", "rounded"),
    [
        ("cast(2.345 as decimal(18, 15))", "2.35"),
        ("cast(2.344999999900000 as decimal(18, 15))", "2.34"),
        ("cast(1.005 as double)", "1.01"),
        ("cast(2.675 as double)", "2.68"),
        ("cast(1.115 as double)", "1.12"),
        # A half goes away from nought on both sides: a deficit is rounded as a surplus is.
        ("cast(-0.005 as double)", "-0.01"),
        ("cast(-1.115 as double)", "-1.12"),
        ("cast(-2.344 as double)", "-2.34"),
        ("2", "2.00"),
        ("7 / 3", "2.33"),
        ("8 / 3", "2.67"),
    ],
)
def test_a_half_cent_is_rounded_up(written: str, rounded: str) -> None:
    assert value(MACROS.round_half_up(written)) == Decimal(rounded)


def test_the_number_of_places_can_be_given() -> None:
    assert value(MACROS.round_half_up("cast(0.25 as double)", 1)) == Decimal("0.3")
    assert value(MACROS.round_half_up("cast(2.5 as double)", 0)) == Decimal("3")


def test_every_half_cent_of_the_scale_is_right_and_a_plain_round_gets_some_wrong() -> None:
    halves = [Decimal(10 * cents + 5) / 1000 for cents in range(-400, 400)]
    outward = {half: half + Decimal("0.005").copy_sign(half) for half in halves}
    with duckdb.connect() as connection:
        connection.execute("create table halves (half decimal(10, 3))")
        connection.executemany("insert into halves values (?)", [[half] for half in halves])
        asked = f"""
            select half, {MACROS.round_half_up("cast(half as double)")}, round(cast(half as double), 2)
            from halves
        """
        rows = connection.execute(asked).fetchall()
    assert len(rows) == len(halves)
    assert [half for half, ours, _ in rows if ours != outward[half]] == []
    # The test of the test: if a plain round were right too, the macro would not be needed.
    wrong = {half for half, _, plain in rows if Decimal(str(plain)) != outward[half]}
    assert Decimal("1.005") in wrong
    assert len(wrong) > 10


def test_a_published_half_cent_made_from_a_mean_is_rounded_up() -> None:
    # (2.01 + 2.02) / 2 is 2.015 exactly, though no double is.
    mean = "(cast(2.01 as double) + cast(2.02 as double)) / 2"
    assert value(MACROS.round_half_up(mean)) == Decimal("2.02")


def test_an_exact_score_keeps_fifteen_decimals_and_adds_up_in_any_order() -> None:
    thirds = [f"1 + 3 * {step} / 7" for step in range(8)]
    assert value(MACROS.exact_score(thirds[1])) == Decimal("1.428571428571429")
    forwards = " + ".join(MACROS.exact_score(third) for third in thirds)
    backwards = " + ".join(MACROS.exact_score(third) for third in reversed(thirds))
    # Seven of the eight are rounded in the fifteenth decimal: 20 but for that, and the same either way.
    assert value(forwards) == value(backwards) == Decimal("20.000000000000002")


# Quantiles (rules 3 and 4: linear-interpolated, type 7).


def quantile(values: Sequence[str], share: str) -> Decimal:
    """The macro's aggregate over rows with their position and count, typed as models and seeds do."""
    aggregate = MACROS.quantile_type_7("number", "place", "counted", "share")
    with duckdb.connect() as connection:
        connection.execute("create table numbers (number decimal(28, 10))")
        connection.executemany("insert into numbers values (?)", [[Decimal(text)] for text in values])
        row = connection.execute(
            f"""
            select {aggregate}
            from (
                select number, row_number() over (order by number) as place, count(*) over () as counted,
                    cast('{share}' as decimal(6, 4)) as share
                from numbers
            ) as positioned
            """
        ).fetchone()
    assert row is not None
    return Decimal(row[0])


@pytest.mark.parametrize(
    ("values", "share", "worked"),
    [
        # Place 1 + (4 - 1) p: 1.75, 2.5 and 3.25.
        (("1", "2", "3", "4"), "0.25", "1.75"),
        (("4", "1", "3", "2"), "0.50", "2.5"),
        (("1", "2", "3", "4"), "0.75", "3.25"),
        # Place 2 of five: a value itself, no interpolation.
        (("1.2", "1.9", "2.6", "2.8", "3.9"), "0.25", "1.9"),
        # Place 1.5 of three: (-1.8 + 0.0) / 2.
        (("2.5", "-1.8", "0.0"), "0.25", "-0.9"),
        # Ties: places 2 and 3 are both 2.
        (("1", "2", "2", "5", "9", "9"), "0.25", "2"),
        # One value is every quantile; the ends are the ends.
        (("3.14",), "0.75", "3.14"),
        (("1", "2", "3"), "0", "1"),
        (("1", "2", "3"), "1", "3"),
        # Place 1 + 1 x 0.1: 1 + 0.1 x (2 - 1).
        (("1", "2"), "0.1", "1.1"),
    ],
)
def test_a_quantile_lies_where_it_is_worked_out_by_hand(
    values: Sequence[str], share: str, worked: str
) -> None:
    assert quantile(values, share) == Decimal(worked)


@pytest.mark.parametrize("counted", [2, 3, 10, 61, 134, 205])
def test_quartiles_are_those_of_the_standard_library(counted: int) -> None:
    values = [Decimal(place * place % 397 - 150) / 100 for place in range(counted)]
    expected = statistics.quantiles(values, n=4, method="inclusive")
    found = [quantile([str(number) for number in values], share) for share in ("0.25", "0.50", "0.75")]
    assert found == expected


# Numbers as published (rules 5).


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("1", "1.0"),
        ("2.50", "2.5"),
        ("0", "0.0"),
        ("-1.80", "-1.8"),
        ("100", "100.0"),
        ("1000.05", "1000.05"),
        ("-0.0000", "0.0"),
        (None, ""),
    ],
)
def test_a_number_is_printed_as_the_published_files_print_it(number: str | None, printed: str) -> None:
    assert value(MACROS.published_number("cast(? as decimal(28, 10))"), [number, number]) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [("2.345", "2.35"), ("2.3449", "2.34"), ("10.10", "10.1"), ("-0.001", "0.0"), (None, "")],
)
def test_a_number_can_be_printed_to_two_places(number: str | None, printed: str) -> None:
    asked = MACROS.published_number("cast(? as decimal(28, 10))", 2)
    assert value(asked, [number, number]) == printed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.0", "1"),
        ("-1.8", "-1.8"),
        ("0.0000000001", "0.0000000001"),
        ("", None),
        ("*", None),
        ("NA", None),
        ("1.2 to 1.89", None),
        ("nan", None),
        ("inf", None),
        (None, None),
    ],
)
def test_text_becomes_a_number_or_nothing(text: str | None, number: str | None) -> None:
    expected = None if number is None else Decimal(number)
    assert value(MACROS.to_number("cast(? as varchar)"), [text]) == expected


def test_the_type_of_a_number_can_be_given() -> None:
    assert value(MACROS.to_number("'12'", "bigint")) == 12


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"{NO_BREAK}Acute trust{NO_BREAK}", "Acute trust"),
        (f"Mental health{NO_BREAK}and community trust", "Mental health and community trust"),
        (f" {NO_BREAK} 1.0 {NO_BREAK}", "1.0"),
        ("NHS staff survey engagement theme sub-score ", "NHS staff survey engagement theme sub-score"),
        (NO_BREAK, ""),
        (None, None),
    ],
)
def test_text_loses_its_non_breaking_spaces_and_its_ends(text: str | None, clean: str | None) -> None:
    assert value(MACROS.clean_text("cast(? as varchar)"), [text]) == clean


# The landing tables.


@pytest.mark.parametrize("dataset", ["oversight_data", "league_table", "files"])
def test_a_landing_table_has_the_columns_of_the_bundled_seed(dataset: str) -> None:
    path = ROOT / "seeds" / "sample" / f"sample_{dataset}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    # In order, too: staging puts the two together by position.
    assert returned(MACROS.landing_tables)[dataset] == header
