"""The commands for releases that are out, as a person uses them: exit status, what is said, what is left."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from harness_home import DRAFT, IN_FORCE, ONE, Q1, Q2, THREE, TWO, lock_again, put_out, unlock
from harness_session import Nof
from nof import steps
from nof.files import remove_tree
from nof.home import Home
from nof.release import find_release
from nof.release.events import read_events
from nof.release.listing import COLUMNS

BY = ("--role", "Head of Performance Analysis", "--reason", "agreed by the oversight group")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    put_out(home, Q1, ONE)
    put_out(home, Q1, TWO)
    yield home
    remove_tree(home.root)


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_list_shows_state_role_reason_and_which_is_current(nof: Nof, home: Home) -> None:
    nof("finalise", "current", *BY, "--home", home.root)
    status, out, _ = nof("releases", "--home", home.root)
    assert status == 0
    lines = [words(line) for line in out.splitlines()]
    (final,) = [n for n, line in enumerate(lines) if f"{Q1}/{TWO} │ final" in line]
    assert "Head of Performance Analysis" in lines[final]
    assert "agreed by the oversight group" in lines[final + 1]
    assert "current" in lines[final + 2]
    (old,) = [n for n, line in enumerate(lines) if f"{Q1}/{ONE} │ superseded" in line]
    assert TWO in lines[old + 2]


def test_the_list_as_csv_is_the_file_and_as_json_the_same_rows(nof: Nof, home: Home) -> None:
    status, out, _ = nof("releases", "--home", home.root, "--format", "csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert [row["release_id"] for row in rows] == [TWO, ONE]
    assert out.replace("\r\n", "\n") == home.release_list.read_text(encoding="utf-8")
    status, out, _ = nof("releases", "--home", home.root, "--format", "json")
    assert json.loads(out) == rows
    assert list(json.loads(out)[0]) == list(COLUMNS)


def test_a_home_without_releases_has_an_empty_list_and_is_not_made(nof: Nof, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    status, out, _ = nof("releases", "--home", nowhere)
    assert (status, "nof run --home" in words(out)) == (0, True)
    status, out, _ = nof("releases", "--home", nowhere, "--format", "json")
    assert (status, json.loads(out)) == (0, [])
    for command in (("verify", "--all"), ("prune",), ("prune", "--yes"), ("withdraw", "current", *BY)):
        status, _, err = nof(*command, "--home", nowhere)
        assert (status, "There is no release in" in err) == (2, True), err
    assert not nowhere.exists()


def test_finalise_verifies_says_so_and_ends_well(nof: Nof, home: Home) -> None:
    status, out, _ = nof("finalise", TWO, *BY, "--home", home.root)
    assert status == 0
    assert "Files: 7 of 7 have the manifest's SHA-256" in out
    assert f"Final: {Q1}/{TWO}, on 20" in out
    assert "by Head of Performance Analysis: agreed by the oversight group" in out
    status, _, err = nof("finalise", TWO, *BY, "--home", home.root)
    assert (status, "is final already" in err, err.rstrip().endswith("Nothing was done.")) == (2, True, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("current",), "Missing option"),
        (("current", "--role", "Head of Data"), "Missing option"),
        (("current", "--role", " ", "--reason", "y"), "The role is blank."),
        (("current", "--role", "Head of Data", "--reason", ""), "The reason is blank."),
        (("current", "--role", "jane@example.org", "--reason", "y"), "an e-mail address. Name the role"),
        (("none", "--role", "Head of Data", "--reason", "y"), "There is no release 'none'"),
    ],
)
@pytest.mark.parametrize("command", ["finalise", "withdraw"])
def test_wrong_use_ends_with_status_2_and_nothing_is_written(
    nof: Nof, home: Home, command: str, arguments: tuple[str, ...], said: str
) -> None:
    events = len(read_events(home))
    status, _, err = nof(command, *arguments, "--home", home.root)
    assert (status, said in words(err)) == (2, True), err
    assert len(read_events(home)) == events


def test_a_damaged_release_is_not_finalised_and_says_what_is_wrong(nof: Nof, home: Home) -> None:
    folder = home.releases / Q1 / TWO
    unlock(folder)
    (folder / "notes.md").unlink()
    lock_again(folder)
    status, _, err = nof("finalise", TWO, *BY, "--home", home.root)
    assert status == 1
    assert f"{Q1}/{TWO} is not what was released:\n- notes.md: is missing. Restore it from a copy" in err
    assert err.rstrip().endswith("It is not finalised; no event was written.")


def test_withdraw_says_where_current_went(nof: Nof, home: Home) -> None:
    status, out, _ = nof("withdraw", "current", *BY, "--home", home.root)
    assert status == 0
    assert f"Withdrawn: {Q1}/{TWO}" in out
    assert f"No longer superseded: {Q1}/{ONE} (provisional)" in out
    assert f"`current` went back to {Q1}/{ONE} (provisional)." in out
    status, out, _ = nof("withdraw", "current", *BY, "--home", home.root)
    assert (status, "There is no current release any more" in out) == (0, True)
    assert find_release(home) is None
    status, _, err = nof("withdraw", "current", *BY, "--home", home.root)
    assert (status, f"{Q1}/{ONE}  withdrawn, {IN_FORCE}" in err) == (2, True)


def test_withdrawing_another_leaves_current_and_says_so(nof: Nof, home: Home) -> None:
    status, out, _ = nof("withdraw", ONE, *BY, "--home", home.root)
    assert (status, f"`current` still names {Q1}/{TWO}." in out) == (0, True)


def test_verify_ends_with_0_or_with_1_and_every_finding(nof: Nof, home: Home) -> None:
    status, out, _ = nof("verify", "--home", home.root)
    assert (status, f"Checked {Q1}/{TWO}: nothing found." in out) == (0, True)
    status, out, _ = nof("verify", "--all", "--home", home.root)
    assert (status, "Checked 2 releases and the home: nothing found." in out) == (0, True)
    folder = home.releases / Q1 / ONE
    unlock(folder)
    (folder / "notes.md").write_text("other\n")
    (folder / "more.txt").write_text("more\n")
    status, out, _ = nof("verify", ONE, "--home", home.root)
    assert status == 1
    assert "Found: notes.md: has 6 bytes, and the manifest says 28. Restore it from a copy" in out
    assert "Found: more.txt: was added: it is not in the manifest. Take it out of the" in out
    assert "Found: the whole folder: can be written to, and a release is read-only. Take the" in out
    assert f"Checked {Q1}/{ONE}: 3 findings." in out
    status, out, _ = nof("verify", "--home", home.root)
    assert status == 0  # the current one is another
    assert nof("verify", "--all", "--home", home.root)[0] == 1


def test_prune_shows_first_and_removes_only_with_yes(nof: Nof, home: Home) -> None:
    put_out(home, Q1, THREE)
    put_out(home, Q2, "4" * 16)
    before = len(read_events(home))
    status, out, _ = nof("prune", "--keep", "1", "--home", home.root)
    assert status == 0
    assert "superseded, not the newest of the others" in out
    assert "Nothing was removed. To remove 1 (0." in out
    assert len(read_events(home)) == before
    status, out, _ = nof("prune", "--keep", "1", "--yes", "--home", home.root)
    assert (status, "Pruned 1, 0." in out) == (0, True)
    assert not (home.releases / Q1 / ONE).exists()
    status, out, _ = nof("prune", "--keep", "1", "--yes", "--home", home.root)
    assert (status, "Nothing to prune." in out) == (0, True)
    status, out, _ = nof("releases", "--home", home.root)
    assert f"{Q1}/{ONE} │ pruned" in words(out)
    status, _, err = nof("verify", ONE, "--home", home.root)
    assert (status, "was pruned on" in err) == (2, True)
    status, _, err = nof("prune", "--keep", "-1", "--home", home.root)
    assert (status, "--keep is -1" in err) == (2, True)


def test_explain_names_the_drafts_where_there_is_nothing_else(nof: Nof, tmp_path: Path) -> None:
    home = Home(tmp_path / "drafts")
    put_out(home, Q1, ONE, framework_id=DRAFT)
    status, _, err = nof("explain", "ZA3", Q1, "--home", home.root)
    assert status == 2
    assert f"There are:\n  {Q1}/{ONE}  provisional, {DRAFT}\nName one of them with --release." in err
    remove_tree(home.root)


def test_explain_says_first_what_became_of_the_release(
    nof: Nof, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small releases hold no figures to explain: what is said before them is looked at."""
    monkeypatch.setattr("nof.explain.explain", lambda *_: None)
    monkeypatch.setattr("nof.explain.render", lambda *_, **__: None)
    _, out, _ = nof("explain", "ZA3", Q1, "--home", home.root)
    assert re.fullmatch(r"Provisional since 20\d\d-\d\d-\d\d: nobody has signed it off\.\n\n", out)
    nof("finalise", TWO, *BY, "--home", home.root)
    assert nof("explain", "ZA3", Q1, "--home", home.root) == (0, "", "")
    _, out, _ = nof("explain", "ZA3", Q1, "--release", ONE, "--home", home.root)
    assert out.startswith(f"Superseded by {Q1}/{TWO}: ")
    nof("withdraw", TWO, *BY, "--home", home.root)
    _, out, _ = nof("explain", "ZA3", Q1, "--release", f"{Q1}/{TWO}", "--home", home.root)
    assert out.startswith("Withdrawn on 20")
    assert "agreed by the oversight group\nIts figures are not to be used." in out


def test_a_home_that_a_run_holds_is_not_written_to(nof: Nof, home: Home) -> None:
    before = len(read_events(home))
    with home.lock():
        for command in (("finalise", TWO, *BY), ("withdraw", TWO, *BY), ("prune", "--yes")):
            status, _, err = nof(*command, "--home", home.root)
            assert (status, "Another run is working in this home" in err) == (1, True), err
        for command in (("releases",), ("verify",), ("prune",)):
            assert nof(*command, "--home", home.root)[0] == 0
    assert len(read_events(home)) == before


def test_a_run_that_would_make_a_withdrawn_release_again_is_refused(nof: Nof, tmp_path: Path) -> None:
    """Not "nothing new to release", though the folder with that id is there."""
    home = Home(tmp_path / "again")
    prepared = steps.prepare(steps.Request(home=home), today=date(2026, 7, 1))
    put_out(home, prepared.quarter_id, prepared.release_id)
    nof("withdraw", "current", "--role", "Head of Data", "--reason", "wrong seed", "--home", home.root)
    for more in ((), ("--mended",)):
        status, out, err = nof("run", *more, "--home", home.root)
        assert status == 3
        assert "Nothing new" not in out
        assert f"Release {prepared.quarter_id}/{prepared.release_id}: withdrawn on 20" in err
        assert "by Head of Data: wrong seed" in err
        assert "or change the method" in err
        assert err.rstrip().endswith("Nothing was published; the last release is untouched.")
    remove_tree(home.root)
