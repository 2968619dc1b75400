"""A difference that cannot be made stops the release: each bad case, and what the message says to do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from harness_difference import Tables, pair_of, read_csv, side_of

from harness_home import IN_FORCE, ONE, Q1, TWO, lock_again, put_out, unlock
from nof.companions import difference as companion
from nof.difference import compare, sealed_side, write_difference
from nof.difference.rows import TableDifference, compare_rows, refuse_wrong_counts
from nof.errors import UsageRefused
from nof.home import Home
from nof.release import Candidate, InputEntry, ReleaseRefused
from nof.release.database import read_tables

KEYED: Tables = {"t": ("a varchar, b bigint, primary key (a)", [("x", 1)])}
REKEYED: Tables = {"t": ("a varchar, b bigint, primary key (a, b)", [("x", 1)])}


def with_version(tables: Tables, version: int) -> Tables:
    columns = "release_id varchar primary key, publication_version bigint"
    return {**tables, "dim_release": (columns, [(f"r{version}", version)])}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_release_before_that_was_changed_after_it_was_sealed(home: Home) -> None:
    folder = put_out(home, Q1, ONE, inputs=())
    assert sealed_side(folder).name == f"{Q1}/{ONE}"
    unlock(folder)
    (folder / "notes.md").write_text("# Other notes\n")
    lock_again(folder)
    with pytest.raises(ReleaseRefused) as refusal:
        sealed_side(folder)
    said = str(refusal.value)
    assert f"release {Q1}/{ONE}, because it is damaged" in said
    assert "differs from its manifest in notes.md" in said
    assert "Restore its folder from a copy, or withdraw it (`nof withdraw`)" in said


@pytest.mark.parametrize("name", ["manifest.json", "SUCCESS"])
def test_a_release_before_that_lost_its_seal(home: Home, name: str) -> None:
    folder = put_out(home, Q1, ONE)
    unlock(folder)
    (folder / name).unlink()
    with pytest.raises(ReleaseRefused, match=r"it is damaged: .* Restore its folder"):
        sealed_side(folder)


def test_a_manifest_without_what_the_comparison_needs(home: Home) -> None:
    folder = put_out(home, Q1, ONE)
    unlock(folder)
    (folder / "manifest.json").write_text('{"release_id": "1", "quarter_id": "1"}')
    with pytest.raises(ReleaseRefused, match="it is damaged"):
        sealed_side(folder)


def test_the_companion_refuses_over_a_damaged_release_and_leaves_no_file(home: Home, tmp_path: Path) -> None:
    folder = put_out(home, Q1, ONE)
    unlock(folder)
    with duckdb.connect(folder / "nof.duckdb") as connection:
        connection.execute("update publication.fct_metric set value = 99")
    candidate = Candidate(
        folder=tmp_path / "candidate",
        release_id=TWO,
        framework_id=IN_FORCE,
        quarter_id=Q1,
        inputs=(InputEntry("a" * 64, "a.csv", "oversight_data", date(2026, 1, 1)),),
        previous=folder,
    )
    side_of(candidate.folder, KEYED)
    with pytest.raises(ReleaseRefused, match=r"differs from its manifest in nof\.duckdb"):
        companion.write(candidate)
    assert not (candidate.folder / "difference").exists()


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    before, now = side_of(tmp_path / "one", KEYED), side_of(tmp_path / "two", KEYED)
    before.database.write_bytes(b"not a database at all")
    with (
        pytest.raises(ReleaseRefused, match=r"nof\.duckdb cannot be read: .* Restore its folder"),
        compare(before, now),
    ):
        pass


def test_a_database_without_publication_tables(tmp_path: Path) -> None:
    before, now = side_of(tmp_path / "one", {}), side_of(tmp_path / "two", KEYED)
    with pytest.raises(ReleaseRefused, match=r"nof\.duckdb cannot be read"), compare(before, now):
        pass


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (KEYED, REKEYED),
        (with_version(KEYED, 1), with_version(REKEYED, 1)),
        (with_version(KEYED, 2), with_version(REKEYED, 1)),
        (with_version(KEYED, 1), REKEYED),
    ],
)
def test_a_key_that_changed_in_silence(tmp_path: Path, before: Tables, now: Tables) -> None:
    sides = side_of(tmp_path / "one", before), side_of(tmp_path / "two", now)
    with pytest.raises(ReleaseRefused) as refusal, compare(*sides):
        pass
    assert "- t: a VARCHAR became a VARCHAR, b BIGINT" in str(refusal.value)
    assert "raise publication_version" in str(refusal.value)


def test_a_retyped_key_column_is_another_key(tmp_path: Path) -> None:
    now: Tables = {"t": ("a bigint, b bigint, primary key (a)", [(1, 1)])}
    sides = side_of(tmp_path / "one", KEYED), side_of(tmp_path / "two", now)
    with pytest.raises(ReleaseRefused, match="- t: a VARCHAR became a BIGINT"), compare(*sides):
        pass


def test_after_a_raised_version_the_table_is_named_as_not_comparable(tmp_path: Path) -> None:
    sides = (
        side_of(tmp_path / "one", with_version(KEYED, 1)),
        side_of(tmp_path / "two", with_version(REKEYED, 2)),
    )
    with compare(*sides) as difference:
        write_difference(difference, tmp_path / "difference")
    (row,) = [row for row in read_csv(tmp_path / "difference/tables.csv") if row["table"] == "t"]
    assert (row["rows_before"], row["rows_now"], row["came"]) == ("1", "1", "")
    assert row["comparison"] == "key changed: not comparable row by row"
    (column,) = read_csv(tmp_path / "difference/columns.csv")
    assert (column["table"], column["change"], column["new"]) == ("t", "key changed", "a VARCHAR, b BIGINT")
    page = (tmp_path / "difference/index.html").read_text()
    assert "t: key changed: not comparable row by row (1 row before, 1 row now)" in page


def test_of_two_finished_releases_either_may_be_the_newer(tmp_path: Path) -> None:
    sides = (
        side_of(tmp_path / "one", with_version(REKEYED, 2)),
        side_of(tmp_path / "two", with_version(KEYED, 1)),
    )
    with compare(*sides, is_next=False) as difference:
        assert [table.comparison for table in difference.tables][1].startswith("key changed")


def test_two_rows_with_one_key() -> None:
    with pair_of(KEYED, KEYED) as pair:
        pair.connection.execute("drop table new_release.publication.t")
        pair.connection.execute(
            "create table new_release.publication.t as "
            "select 'x; y' as a, number as b from range(2) as r(number)"
        )
        with pytest.raises(ReleaseRefused) as refusal:
            compare_rows(pair)
    assert 'of t: in this release, 2 rows have the key a="x; y"' in str(refusal.value)
    assert "give the model a key that names one row" in str(refusal.value)


def test_a_table_without_a_key_is_no_release(tmp_path: Path) -> None:
    side = side_of(tmp_path / "one", {"t": ("a varchar", [("x",)])})
    with duckdb.connect(side.database) as connection, pytest.raises(ReleaseRefused, match="No primary key"):
        read_tables(connection, "nof")


@pytest.mark.parametrize(
    "wrong",
    [
        {"came": 3},
        {"went": 2},
        {"unchanged": 6},
        {"changed": 0},
        {"rows_before": 9},
        {"rows_now": 12},
    ],
)
def test_counts_that_do_not_add_up(wrong: dict[str, int]) -> None:
    good = TableDifference("t", 10, 11, came=2, went=1, changed=2, unchanged=7, comparison="row by row")
    refuse_wrong_counts(good)
    with pytest.raises(ReleaseRefused, match="The difference of t does not add up"):
        refuse_wrong_counts(replace(good, **wrong))  # type: ignore[arg-type]


def test_changes_that_are_not_those_that_were_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now: Tables = {"t": ("a varchar, b bigint, primary key (a)", [("x", 2), ("y", 1)])}
    sides = side_of(tmp_path / "one", KEYED), side_of(tmp_path / "two", now)
    with compare(*sides) as difference:
        assert len(list(difference.changes())) == 2
    # A fault put into the query that lists the cells: it finds none.
    monkeypatch.setattr("nof.difference.listing._changed_cells", lambda *_: [])
    with pytest.raises(ReleaseRefused, match="rows that changed: 1 counted and 0 listed"), compare(*sides):
        pass


def test_releases_of_two_frameworks_are_not_compared(tmp_path: Path) -> None:
    before = side_of(tmp_path / "one", KEYED, framework_id="another")
    with (
        pytest.raises(UsageRefused, match="Name two releases of one framework"),
        compare(before, side_of(tmp_path / "two", KEYED)),
    ):
        pass
