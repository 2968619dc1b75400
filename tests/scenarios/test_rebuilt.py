"""A home is lost but for its landed files: every release comes out again, byte for byte, in its order."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from harness_home import REASON, ROLE
from harness_session import Nof
from nof.files import files_under, remove_tree
from nof.home import Home
from nof.rebuild import NotRebuilt, rebuild
from nof.release.events import read_events
from nof.release.life import finalise, withdraw
from nof.release.prune import prune
from nof.release.seal import named, read_manifest
from nof.release.states import read_states

# Decision 0009: DuckDB leaves bytes unset, and these two hold its hash.
NOT_THE_SAME = {"nof.duckdb", "manifest.json", "SUCCESS"}


@pytest.fixture
def homes(tmp_path: Path, restated_releases: tuple[Path, Path]) -> Iterator[tuple[Home, Home]]:
    """A copy of the home of two releases, and a place for a new one."""
    lost, new = Home(tmp_path / "lost"), Home(tmp_path / "new")
    shutil.copytree(restated_releases[0].parents[2], lost.root, symlinks=True)
    yield lost, new
    for home in (lost, new):
        remove_tree(home.root)


def lose(home: Home, *parts: Path) -> None:
    for part in parts:
        remove_tree(part)
    assert home.landed.is_dir()


def the_same(old: Path, new: Path) -> None:
    """Every file byte for byte, every table row for row and in order, and the manifest but for the hashes."""
    names = [path.relative_to(old).as_posix() for path in files_under(old)]
    assert [path.relative_to(new).as_posix() for path in files_under(new)] == names
    assert len(names) > 100
    for name in names:
        if name not in NOT_THE_SAME:
            assert (new / name).read_bytes() == (old / name).read_bytes(), name
    with duckdb.connect() as connection:
        for side, folder in (("old", old), ("new", new)):
            connection.execute(f"attach '{folder / 'nof.duckdb'}' as {side} (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'old' and schema_name = 'publication'"
        ).fetchall()
        assert len(tables) > 20
        for (table,) in tables:
            rows = [
                connection.execute(f"select * from {side}.publication.{table}").fetchall()
                for side in ("old", "new")
            ]
            assert rows[0] == rows[1], table
    before, now = (read_manifest(folder) for folder in (old, new))
    for manifest in (before, now):
        manifest["outputs"] = [each for each in manifest["outputs"] if each["path"] != "nof.duckdb"]
    assert before == now


def test_from_landed_files_alone(
    homes: tuple[Home, Home], restated_releases: tuple[Path, Path], nof: Nof
) -> None:
    lost, new = homes
    lose(lost, lost.releases, lost.events)
    status, said, errors = nof("rebuild", lost.root, "--home", new.root)
    assert status == 0, errors
    for old in restated_releases:
        assert f"{named(old)}: made\n" in said
        the_same(old, new.releases / named(old))
    assert "There were no events" in said
    assert (new.landed / "register.csv").read_bytes() == (lost.landed / "register.csv").read_bytes()
    assert new.current.readlink().as_posix() == named(restated_releases[1])
    assert nof("verify", "--all", "--home", new.root)[0] == 0
    # A second attempt finds all of it there.
    assert [each.what for each in rebuild(lost, new, progress=lambda _: None)] == ["made", "made"]


def test_with_the_events_each_release_is_what_it_was_also_where_one_was_pruned_and_one_withdrawn(
    homes: tuple[Home, Home], restated_releases: tuple[Path, Path], nof: Nof
) -> None:
    lost, new = homes
    first, second = (named(each) for each in restated_releases)
    finalise(lost, second, role=ROLE, reason=REASON)
    withdraw(lost, first, role=ROLE, reason="an ambulance file was wrong")
    prune(lost, keep=0)
    states = {state.release: (state.state, state.is_protected) for state in read_states(lost)}
    assert states == {first: ("withdrawn", False), second: ("final", True)}
    lose(lost, lost.releases)
    status, said, errors = nof("rebuild", lost.root, "--home", new.root)
    assert status == 0, errors
    assert said.splitlines()[:5] == [
        f"{first}: made",
        f"{second}: made",
        f"{second}: finalised",
        f"{first}: withdrawn",
        f"{first}: pruned",
    ]
    the_same(restated_releases[1], new.releases / second)
    assert not (new.releases / first).exists()
    assert {state.release: (state.state, state.is_protected) for state in read_states(new)} == states
    kinds = [(event.kind, event.release) for event in read_events(lost)]
    assert [(event.kind, event.release) for event in read_events(new)] == kinds
    reasons = [event.reason for event in read_events(new) if event.kind == "finalised"]
    day = read_events(lost)[-1].at[:10]
    assert reasons == [f"{REASON} (said on {day}, before the home was rebuilt)"]
    assert nof("verify", "--all", "--home", new.root)[0] == 0


def test_other_code_is_told_before_anything_is_made(
    homes: tuple[Home, Home], restated_releases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, new = homes
    monkeypatch.setattr("nof.release.identity.code_hash", lambda: "0" * 64)
    with pytest.raises(NotRebuilt, match=r"was made by other code .*the same method.*--other-code"):
        list(rebuild(lost, new, progress=lambda _: None))
    assert not new.releases.exists()


def test_a_file_that_is_missing_is_told(homes: tuple[Home, Home]) -> None:
    lost, new = homes
    lines = lost.register.read_text().splitlines(keepends=True)
    lost.register.write_text("".join(lines[:-1]))
    with pytest.raises(NotRebuilt, match="the register has not got them all"):
        list(rebuild(lost, new, progress=lambda _: None))
    new.root.mkdir()
