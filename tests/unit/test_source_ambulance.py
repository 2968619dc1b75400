"""The ambulance time series: the real workbook, its figures, its sums and its means."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness_source_views import landed_from, staged

from nof.landing import Landed
from nof.landing.publications.ambulance_indicators import ADDED, CENTILES, INDICATORS, MEANS

REAL = "ambulance_quality_indicators/AmbSYS-Time-Series-until-20250831.xlsx"


@pytest.fixture(scope="module")
def real(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    return landed_from(tmp_path_factory.mktemp("ambulance"), [data_dir / "sources" / REAL])


@pytest.fixture(scope="module")
def view(real: Landed) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(real, "stg_nhse__ambulance_responses") as connection:
        yield connection


def test_every_indicator_is_of_one_kind() -> None:
    assert (len(INDICATORS), len(ADDED), len(MEANS), len(CENTILES)) == (148, 93, 26, 29)


def test_the_real_workbook_lands_whole(real: Landed) -> None:
    (file,) = real.files
    assert (file.file_kind, file.row_count, file.repeated_row_count) == ("ambulance_responses", 163875, 0)
    assert [each.period for each in file.vintages][:: len(file.vintages) - 1] == ["2017-08", "2025-08"]
    assert len(file.vintages) == 97


def test_figures_of_the_real_workbook(view: duckdb.DuckDBPyConnection) -> None:
    """Rows 100 and 1434 of the sheet Raw; the sheet Response times shows the first of them, too."""
    query = (
        "select row_number, indicator_value from staged where period_start_date = '2025-06-01' "
        "and area_code = ? and indicator_id in ('A10', 'A30', 'A31') order by indicator_id"
    )
    assert view.execute(query, ["ENG"]).fetchall() == [(100, 378635), (100, 672656107), (100, 1777)]
    assert view.execute(query, ["RX9"]).fetchall() == [(1434, 35986), (1434, 75640025), (1434, 2102)]
    assert view.sql(
        "select area_kind, count(distinct area_code) from staged group by 1 order by 1"
    ).fetchall() == [("england", 1), ("region", 3), ("trust", 11)]
    assert view.sql("select count(*) from staged where indicator_value is null").fetchall() == [(10688,)]


def test_england_and_the_regions_are_the_sums_of_their_trusts(view: duckdb.DuckDBPyConnection) -> None:
    """Every count and total time of every month for which the total is stated."""
    counted = view.execute(
        """
        with trusts as (
            select *, unnest(['ENG', region_id]) as total_code from staged where area_kind = 'trust'
        ),
        added as (
            select total_code, period_start_date, indicator_id, coalesce(sum(indicator_value), 0) as added
            from trusts
            group by all
        )
        select total.area_kind, count(*), count(*) filter (total.indicator_value <> added.added)
        from staged as total
        join added
            on added.total_code = total.area_code and added.period_start_date = total.period_start_date
            and added.indicator_id = total.indicator_id
        where total.area_kind <> 'trust' and total.indicator_value is not null
            and list_contains(?, total.indicator_id)
        group by 1 order by 1
        """,
        [sorted(ADDED)],
    ).fetchall()
    assert counted == [("england", 6576, 0), ("region", 19716, 0)]


def test_means_are_total_over_count_but_for_twelve_of_2017(view: duckdb.DuckDBPyConnection) -> None:
    pairs = [(mean, total, count) for mean, (total, count) in MEANS.items()]
    view.execute("create or replace temp table pairs (mean varchar, total varchar, count varchar)")
    view.executemany("insert into pairs values (?, ?, ?)", pairs)
    off = view.sql(
        """
        select strftime(m.period_start_date, '%Y-%m'), m.area_code, pairs.mean, m.indicator_value,
            round(t.indicator_value / c.indicator_value, 2)
        from pairs
        join staged as m on m.indicator_id = pairs.mean
        join staged as t on t.indicator_id = pairs.total and t.row_number = m.row_number
        join staged as c on c.indicator_id = pairs.count and c.row_number = m.row_number
        where c.indicator_value > 0 and abs(m.indicator_value - t.indicator_value / c.indicator_value) > 0.5
        order by all
        """
    ).fetchall()
    assert off == [
        ("2017-11", "RYC", "A3", 8, 8.71),
        ("2017-11", "RYC", "A31", 1468, 1467.06),
        ("2017-11", "RYC", "A34", 4371, 4366.73),
        ("2017-11", "RYC", "A37", 5768, 5766.43),
        ("2017-12", "RYC", "A28", 938, 937.32),
        ("2017-12", "RYC", "A31", 1925, 1923.55),
        ("2017-12", "RYC", "A34", 6426, 6418.71),
        ("2017-12", "RYC", "A37", 7651, 7648.99),
        ("2017-12", "RYF", "A28", 894, 894.87),
        ("2017-12", "RYF", "A34", 5434, 5434.6),
        ("2017-12", "RYF", "A37", 7537, 7537.54),
        ("2017-12", "RYF", "A66", 9137, 9137.94),
    ]
