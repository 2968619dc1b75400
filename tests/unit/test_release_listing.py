"""The list of releases, for people and for tools, says the state of every release the home has made."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from harness_home import DRAFT, IN_FORCE, ONE, Q1, Q2, REASON, ROLE, THREE, TWO, land, put_out
from nof.files import remove_tree
from nof.home import Home
from nof.project import project_root
from nof.release import recover
from nof.release.life import finalise, withdraw
from nof.release.listing import COLUMNS, NOT_ENTERED, as_csv, list_rows, write_list
from nof.release.prune import prune
from nof.release.seal import read_manifest
from nof.release.states import read_states

DAY = date(2026, 3, 1)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.root.exists():
        remove_tree(home.root)


def read(home: Home) -> list[dict[str, str]]:
    with home.release_list.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_home_without_releases_has_no_list(home: Home) -> None:
    assert list_rows(home) == []
    write_list(home)
    recover(home)
    assert not home.releases.exists()


def test_every_column_says_what_it_should(home: Home) -> None:
    entry = land(home, "acute.csv", DAY)
    first = put_out(home, Q1, ONE, inputs=(entry,), released_date=DAY)
    second = put_out(home, Q1, TWO, inputs=(entry,), released_date=date(2026, 5, 9), previous=first, rows=7)
    states = read_states(home)
    event, _ = finalise(home, TWO, role=ROLE, reason=REASON)
    newest, older = read(home)
    assert tuple(newest) == tuple(COLUMNS)
    assert newest == {
        "release": f"{Q1}/{TWO}",
        "quarter_id": Q1,
        "release_id": TWO,
        "framework_id": IN_FORCE,
        "state": "final",
        "since": event.at,
        "by_role": ROLE,
        "reason": REASON,
        "is_current": "true",
        "superseded_by": "",
        "was_finalised": "true",
        "has_folder": "true",
        "released_at": states[1].released.at,
        "released_date": "2026-05-09",
        "previous_release": f"{Q1}/{ONE}",
        "is_bundled": "false",
        "trust_count": "7",
        "input_count": "1",
        "manifest_sha256": states[1].released.details["manifest_sha256"],
        "is_forecast": "false",
    }
    told = ("state", "by_role", "reason", "is_current", "superseded_by", "was_finalised", "previous_release")
    assert tuple(older[name] for name in told) == (
        "superseded", "nof", f"a later release of {Q1} took its place", "false", f"{Q1}/{TWO}", "false", "",
    )  # fmt: skip
    assert read_manifest(second)["previous_release"] == newest["previous_release"]


def test_the_list_is_current_after_every_event(home: Home) -> None:
    def told() -> dict[str, tuple[str, ...]]:
        assert home.release_list.read_bytes() == as_csv(list_rows(home)).encode()
        columns = ("state", "is_current", "has_folder")
        return {row["release_id"][0]: tuple(row[name] for name in columns) for row in read(home)}

    put_out(home, Q1, ONE)
    assert told() == {"1": ("provisional", "true", "true")}
    put_out(home, Q1, TWO)
    assert told() == {"1": ("superseded", "false", "true"), "2": ("provisional", "true", "true")}
    put_out(home, Q2, THREE, framework_id=DRAFT)
    assert told()["3"] == ("provisional", "false", "true")
    finalise(home, TWO, role=ROLE, reason=REASON)
    assert told()["2"] == ("final", "true", "true")
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert told()["2"] == ("withdrawn", "false", "true")
    assert told()["1"] == ("provisional", "true", "true")
    prune(home, keep=0)
    assert told()["2"] == ("withdrawn", "false", "false")


def test_the_newest_quarter_and_the_latest_release_come_first(home: Home) -> None:
    put_out(home, Q2, THREE)
    put_out(home, Q1, TWO)
    put_out(home, Q1, ONE)
    assert [row["release_id"] for row in list_rows(home)] == [THREE, ONE, TWO]


def test_the_file_is_as_rfc_4180_asks_whatever_a_reason_holds(home: Home) -> None:
    reason = 'file "acute", version 2 – wrong, see “notice”'
    put_out(home, Q1, ONE)
    withdraw(home, ONE, role="Head of Data, North", reason=reason)
    content = home.release_list.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    assert b'"file ""acute"", version 2' in content
    (row,) = read(home)
    assert (row["by_role"], row["reason"]) == ("Head of Data, North", reason)


def test_duckdb_reads_the_list_with_types(home: Home) -> None:
    entry = land(home, "acute.csv", DAY)
    put_out(home, Q1, ONE, inputs=(entry,), released_date=DAY)
    finalise(home, ONE, role=ROLE, reason=REASON)
    found = duckdb.sql(
        f"select state, is_current, has_folder, released_date, trust_count, since from '{home.release_list}'"
    )
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (types["is_current"], types["released_date"], types["trust_count"]) == (
        "BOOLEAN",
        "DATE",
        "BIGINT",
    )
    assert types["since"].startswith("TIMESTAMP")
    assert found.fetchall()[0][:5] == ("final", True, True, DAY, 3)


def test_a_release_that_no_event_knows_yet_is_in_the_list(home: Home) -> None:
    """A home from before there were events; the next command that writes enters it."""
    put_out(home, Q1, ONE)
    remove_tree(home.events)
    (row,) = list_rows(home)
    assert (row["release"], row["state"], row["reason"], row["is_current"]) == (
        f"{Q1}/{ONE}", "provisional", NOT_ENTERED, "true",
    )  # fmt: skip
    recover(home)
    (row,) = read(home)
    assert (row["by_role"], row["reason"]) == ("nof", "made by a run")


def test_recover_makes_the_list_anew_and_leaves_one_that_is_right(home: Home) -> None:
    put_out(home, Q1, ONE)
    right = home.release_list.read_bytes()
    home.release_list.write_text("wrong\n")
    recover(home)
    assert home.release_list.read_bytes() == right
    before = home.release_list.stat().st_mtime_ns
    recover(home)
    assert home.release_list.stat().st_mtime_ns == before


def test_the_runbook_documents_every_column() -> None:
    page = (project_root() / "docs" / "runbooks" / "releases.md").read_text(encoding="utf-8")
    lines = {tuple(line.strip("| ").split(" | ")) for line in page.splitlines() if line.startswith("| `")}
    assert {(f"`{name}`", text) for name, text in COLUMNS.items()} <= lines


def test_the_columns_in_the_list_are_those_that_are_documented(home: Home) -> None:
    put_out(home, Q1, ONE)
    header = next(csv.reader(io.StringIO(home.release_list.read_text())))
    assert header == list(COLUMNS)
