"""The files as NHS England publishes them land without a word; run against the folder of real files."""

import os
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from harness_some import some
from nof.home import Home
from nof.landing import Landed, land, register_new_files, write_landing
from nof.project import project_root

DATA = Path(os.environ.get("NOF_DATA_DIR", project_root().parent / "shared" / "data")) / "nof_2025_26"
MHC = "mental_health_and_community"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    if not DATA.is_dir():
        reason = f"The real files are not there: {DATA} (NOF_DATA_DIR names another place)."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def landed(home: Home) -> Landed:
    return land(home, [DATA], today=date(2026, 7, 1))


def test_all_rows_of_all_files_are_there(landed: Landed) -> None:
    counts = {
        (file.file_kind, tuple(each.quarter_id for each in file.vintages)): file.row_count
        for file in landed.files
    }
    assert counts == {
        ("oversight_data", ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3")): 6639,
        ("oversight_data", ("2025-26-Q4",)): 1040,
        ("oversight_data", ("2025-26-Q3",)): 1400,
        ("league_table", ("2025-26-Q4",)): 21,
    }
    assert {file.repeated_row_count for file in landed.files} == {0}
    assert landed.quarters == ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
    assert {vintage[:2] for vintage in landed.vintages} == {
        ("oversight_data", MHC),
        ("oversight_data", "acute"),
        ("league_table", MHC),
    }


def test_they_are_written_quickly(landed: Landed) -> None:
    with duckdb.connect() as con:
        # Once before, so that the time to import Arrow is not counted.
        write_landing(con, landed, framework_id=None, quarter_id=None)
        start = time.perf_counter()
        write_landing(con, landed, framework_id=None, quarter_id=None)
        assert time.perf_counter() - start < 2
        counts = con.sql(
            "select count(*), count(*) filter (is_current_vintage = 'true') from landing.oversight_data"
        )
        assert counts.fetchone() == (6639 + 1040 + 1400, 6639 + 1040 + 1400)


def test_each_row_is_that_row_of_the_published_file(landed: Landed) -> None:
    # DuckDB's own reader as another pair of eyes; it numbers rows from 1 where a spreadsheet has the header.
    equal_rows = """
        with published as (
            select row_number() over () + 1 as row_number, *
            from read_csv(?, all_varchar = true, header = true, nullstr = 'no cell says this')
        )
        select count(*)
        from landing.oversight_data as l
        join published as p on cast(l.row_number as bigint) = p.row_number
        where l.file_id = ? and l.trust_code = p."Trust_code" and l.metric_id = p."Metric_ID"
            and l.value = p."Value" and l.metric_description = p."Metric_description" and l.rank = p."Rank"
    """
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        for file in some(landed.files):
            if file.file_kind == "oversight_data":
                equal = con.execute(equal_rows, [str(DATA / file.file_name), file.file_id]).fetchone()
                assert equal == (file.row_count,)


def test_a_second_run_finds_nothing_new(home: Home, landed: Landed) -> None:
    register_new_files(home, landed)
    again = land(home, [DATA], today=date(2026, 8, 1))
    assert again.new_files == ()
    assert len(again.already_landed) == 4
    assert [file.sha256 for file in again.files] == [file.sha256 for file in landed.files]
    assert {file.landed_date for file in again.files} == {date(2026, 7, 1)}
    assert again.vintages == landed.vintages
