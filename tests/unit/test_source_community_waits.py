"""Community health services waiting lists: the real workbooks, their figures and their sums."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness_source_views import landed_from, staged

from nof.landing import Landed

FOLDER = "sources/community_waits"
NAME = "Community-health-services-waiting-lists-2025-26-{}.xlsx"


@pytest.fixture(scope="module")
def real(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    files = [data_dir / FOLDER / NAME.format(month) for month in ("June", "July")]
    return landed_from(tmp_path_factory.mktemp("community"), files)


@pytest.fixture(scope="module")
def view(real: Landed) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(real, "stg_nhse__community_waits") as connection:
        yield connection


def test_the_real_workbooks_land_whole(real: Landed) -> None:
    """June and July have one layout; July has a provider more."""
    counts = {file.file_name: (file.row_count, file.repeated_row_count, file.vintages) for file in real.files}
    june, july = (counts[NAME.format(month)] for month in ("June", "July"))
    assert june[:2] == (32061, 0)
    assert july[:2] == (31881, 0)
    assert [each.period for each in (*june[2], *july[2])] == ["2025-06", "2025-07"]


def test_figures_of_the_real_workbooks(view: duckdb.DuckDBPyConnection) -> None:
    kinds = view.sql(
        "select strftime(period_start_date, '%Y-%m'), organisation_kind, count(distinct organisation_code) "
        "from staged group by 1, 2 order by 1, 2"
    ).fetchall()
    # Of 42 boards two have no provider of their own in either month.
    assert kinds == [
        ("2025-06", "icb", 40),
        ("2025-06", "national", 1),
        ("2025-06", "provider", 143),
        ("2025-06", "region", 7),
        ("2025-07", "icb", 40),
        ("2025-07", "national", 1),
        ("2025-07", "provider", 144),
        ("2025-07", "region", 7),
    ]
    # England's total as Tables 2 and 3 state it, all services together.
    assert view.sql(
        "select sum(waiting_count) from staged where organisation_kind = 'national' and weeks_band = 'total' "
        "group by period_start_date order by period_start_date"
    ).fetchall() == [(1177877,), (1195895,)]
    assert view.sql("select count(*) from staged where waiting_count is null").fetchall() == [(0,)]


def test_regions_boards_and_providers_each_add_up_to_england(view: duckdb.DuckDBPyConnection) -> None:
    """44 services in nine tables, in both months; three are published for England only."""
    assert view.sql(
        """
        with england as (select * from staged where organisation_kind = 'national'),
        added as (
            select period_start_date, organisation_kind, weeks_band, service_label,
                sum(waiting_count) as added
            from staged
            where organisation_kind <> 'national'
            group by all
        )
        select added.organisation_kind, count(*), count(*) filter (england.waiting_count <> added.added)
        from england
        join added using (period_start_date, weeks_band, service_label)
        group by 1 order by 1
        """
    ).fetchall() == [("icb", 792, 0), ("provider", 792, 0), ("region", 792, 0)]
    alone = view.sql(
        "select service_label from staged group by 1 having count(distinct organisation_kind) = 1 order by 1"
    ).fetchall()
    assert [label for (label,) in alone] == [
        "(A) Adult safeguarding",
        "(CYP) Looked after children teams",
        "(CYP) Safeguarding",
    ]


def test_bands_fall_short_of_the_total_for_some_providers_and_never_exceed_it(
    view: duckdb.DuckDBPyConnection,
) -> None:
    compared = view.sql(
        """
        with sums as (
            select
                strftime(period_start_date, '%Y-%m') as month, organisation_code, service_label,
                sum(waiting_count) filter (weeks_band = 'total') as total,
                sum(waiting_count) filter (weeks_band <> 'total') as bands
            from staged
            where organisation_kind = 'provider'
            group by all
        )
        select
            month, count(*) filter (total = bands), count(*) filter (total > bands),
            count(*) filter (total < bands or total is null or bands is null),
            count(distinct organisation_code) filter (total > bands), sum(total - bands)
        from sums group by 1 order by 1
        """
    ).fetchall()
    assert compared == [("2025-06", 2108, 14, 0, 6, 2949), ("2025-07", 2100, 10, 0, 6, 2591)]
