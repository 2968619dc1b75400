"""The landing tables are the contract between this package and the staging models."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from harness_macros import macros, returned

from nof.home import Home
from nof.landing import Landed, land, write_landing
from nof.landing.columns import LANDING_TABLES
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.release import Lineage
from nof.release.previous import write_lineage


@pytest.fixture
def empty(tmp_path: Path) -> Landed:
    return land(Home(tmp_path), [], today=date(2026, 7, 1))


def test_the_writer_and_the_macro_agree(empty: Landed) -> None:
    expected = {name: tuple(columns) for name, columns in returned(macros().landing_tables).items()}
    rows = {"oversight_data", "league_table", "register_entries", "ods_trusts"}
    before = {
        "previous_versions",
        "previous_metrics",
        "previous_segments",
        "previous_cut_points",
        "previous_quality",
    }
    asked = {"run_settings", "derived_framework"}
    assert set(expected) == {*rows, *before, *SOURCE_COLUMNS, *asked, "files", "lineage"}
    assert expected == LANDING_TABLES
    with duckdb.connect() as con:
        write_landing(con, empty, framework_id=None, quarter_id=None)
        write_lineage(con, Lineage(None, None, date(2026, 7, 1), False), release_id="f" * 16)
        written = con.sql(
            "select table_name, list(column_name order by column_index), list(distinct data_type) "
            "from duckdb_columns() where schema_name = 'landing' group by table_name"
        ).fetchall()
    assert {name: tuple(columns) for name, columns, _ in written} == expected
    assert all(types == ["VARCHAR"] for _, _, types in written)


def test_an_empty_home_gives_empty_tables(empty: Landed) -> None:
    assert empty.is_empty
    assert (empty.files, empty.new_files, empty.quarters, dict(empty.vintages)) == ((), (), (), {})
    with duckdb.connect() as con:
        write_landing(con, empty, framework_id=None, quarter_id=None)
        for name in (
            "oversight_data",
            "league_table",
            "register_entries",
            "ods_trusts",
            *SOURCE_COLUMNS,
            "files",
        ):
            assert con.sql(f"from landing.{name}").fetchall() == []


def test_what_the_run_asks_for_is_one_row_and_written_anew(empty: Landed) -> None:
    with duckdb.connect() as con:
        write_landing(con, empty, framework_id=None, quarter_id=None)
        assert con.sql("from landing.run_settings").fetchall() == [(None, None)]
        write_landing(con, empty, framework_id="nof-2025-26", quarter_id="2025-26-Q3")
        assert con.sql("from landing.run_settings").fetchall() == [("nof-2025-26", "2025-26-Q3")]
