"""A home to which nothing new has come: what a run stands on is told without reading a row."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nof import steps
from nof.errors import InputRefused, NofError
from nof.frameworks import framework
from nof.home import Home
from nof.landing import Landed, land, land_unread, register_new_files
from nof.landing.model import EntryKey, Period, Vintage
from nof.landing.register import REGISTER_COLUMNS, landed_path
from nof.landing.vintages import shorthand_of, units_of
from nof.steps.preparing import decide

DAY, LATER = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def home(tmp_path: Path, sample_files: Path) -> Home:
    """The bundled nation's files, landed."""
    home = Home(tmp_path / "home")
    register_new_files(home, land(home, [sample_files], today=DAY))
    return home


def decided(home: Home, landed: Landed) -> tuple[object, ...]:
    """What a release follows from, beside the seeds and the code."""
    prepared = decide(steps.Request(home), framework(None), landed, today=LATER)
    return prepared.quarter_id, prepared.inputs, prepared.release_id, prepared.lineage


def test_what_is_told_unread_is_what_is_told_when_read(home: Home, sample_files: Path) -> None:
    read = land(home, [sample_files], today=LATER)
    unread = land_unread(home, [sample_files], today=LATER)
    assert unread is not None
    assert (read.is_read, unread.is_read) == (True, False)
    assert sum(len(file.table.rows) for file in unread.files) == 0
    assert unread.quarters == read.quarters
    assert sorted(unread.already_landed) == sorted(read.already_landed)
    for quarter_id in read.quarters:
        older, newer = read.up_to(quarter_id), unread.up_to(quarter_id)
        assert [each.file_id for each in newer.files] == [each.file_id for each in older.files]
    assert decided(home, unread) == decided(home, read)


def test_a_clock_that_was_set_back_is_told_all_the_same(home: Home) -> None:
    unread = land_unread(home, [], today=date(2026, 6, 1))
    assert unread is not None
    assert unread.clock_behind == DAY


def test_one_new_file_is_enough_to_read_all(home: Home, sample_files: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = next(path for path in sorted(sample_files.iterdir()) if path.suffix == ".csv")
    (inbox / source.name).write_bytes(source.read_bytes())
    assert land_unread(home, [inbox], today=LATER) is not None
    (inbox / "new.csv").write_bytes(source.read_bytes() + b"\r\n")
    assert land_unread(home, [inbox], today=LATER) is None


def test_a_link_is_not_followed_and_nothing_is_taken_from_it(
    home: Home, sample_files: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "link.csv").symlink_to(next(sample_files.glob("*.csv")))
    assert land_unread(home, [inbox], today=LATER) is None


def test_a_damaged_file_is_found_without_reading_it(home: Home) -> None:
    unread = land_unread(home, [], today=LATER)
    assert unread is not None
    file = unread.files[0]
    path = landed_path(home, file.sha256, file.file_name)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(NofError, match="is damaged: it is no longer the file that was landed"):
        land_unread(home, [], today=LATER)


@pytest.mark.parametrize(
    ("column", "text"),
    [("file_kind", "weather"), ("vintages", "acute"), ("vintages", ""), ("row_count", "many")],
)
def test_a_damaged_register_is_refused(home: Home, column: str, text: str) -> None:
    with home.register.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    entries[0][column] = text
    with home.register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, REGISTER_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(entries)
    with pytest.raises(NofError, match="is damaged"):
        land_unread(home, [], today=LATER)


def test_without_a_release_the_rows_are_read(home: Home) -> None:
    """No release is there yet, so that the first run after landing builds."""
    prepared = steps.prepare(steps.Request(home), today=LATER)
    assert prepared.landed.is_read
    steps.write_landing(prepared)
    with duckdb.connect(str(prepared.database), read_only=True) as connection:
        (count,) = connection.execute("select count(*) from landing.oversight_data").fetchall()[0]
    assert count == sum(
        len(file.table.rows) for file in prepared.landed.files if file.file_kind == "oversight_data"
    )


def test_what_was_not_read_is_not_built(home: Home) -> None:
    unread = land_unread(home, [], today=LATER)
    assert unread is not None
    prepared = decide(steps.Request(home), framework(None), unread, today=LATER)
    with pytest.raises(ValueError, match="its rows were not read"):
        steps.write_landing(prepared)
    assert not prepared.folder.exists()


def test_a_file_that_is_refused_is_still_refused(home: Home, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "bad.csv").write_text("no,header\n1,2\n", encoding="utf-8")
    with pytest.raises(InputRefused):
        steps.prepare(steps.Request(home, (inbox,)), today=LATER)


def test_a_shorthand_says_again_what_it_was_made_of() -> None:
    vintages = (
        Vintage("league_table", "acute", "2025-26-Q1"),
        Vintage("league_table", "acute", "2025-26-Q2"),
    )
    periods = (Period("ods_trusts", "2026-07"), Period("ods_trusts", "2026-08"))
    assert units_of("league_table", shorthand_of(vintages)) == vintages
    assert units_of("ods_trusts", shorthand_of(periods)) == periods
    entries = (
        EntryKey("register_entries", "overrides", "ZA1", "segment", "2025-07-01", ""),
        EntryKey("register_entries", "overrides", "ZA2", "segment", "2025-07-01", ""),
    )
    assert units_of("register_entries", shorthand_of(entries)) == (
        EntryKey("register_entries", "overrides", "", "", "", ""),
    )
