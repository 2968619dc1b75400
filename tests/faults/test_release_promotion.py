"""Promotion under fire: readers at work, failures and kills at every step, and what the next run finds."""

import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from harness_home import tree
from nof.files import files_under, remove_tree
from nof.home import Home
from nof.release import Candidate, ReleaseRefused, find_release, list_releases, promote, recover
from nof.release.events import read_events
from nof.release.seal import write_seal
from nof.release.states import read_states

Q1, Q2 = "2025-26-Q1", "2025-26-Q2"
OLD, NEW = "1" * 16, "2" * 16

READER = """
import sys
import duckdb

connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select answer from publication.answers").fetchall()[0][0], flush=True)
"""

# Ends the process, as a kill would, at the n-th of the steps that change what a reader can see.
KILLED_PROMOTION = """
import os
import sys
from pathlib import Path

from nof.home import Home
from nof.release import promote

root, candidate, quarter_id, release_id, steps_allowed = sys.argv[1:]
left = int(steps_allowed)


def mortal(method):
    def step(self, target):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return method(self, target)

    return step


Path.rename = mortal(Path.rename)
Path.replace = mortal(Path.replace)
promote(
    candidate=Path(candidate),
    home=Home(Path(root)),
    quarter_id=quarter_id,
    release_id=release_id,
    framework_is_in_force=True,
)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    remove_tree(home.root)  # releases are read-only, and whoever tidies up after the tests is not root


def make_candidate(
    home: Home, quarter_id: str, release_id: str, answer: int = 0, framework_id: str = "nof-2025-26"
) -> Path:
    """A sealed candidate with one table and one answer in it."""
    candidate = home.build / release_id / "candidate"
    (candidate / "csv").mkdir(parents=True)
    (candidate / "csv" / "answers.csv").write_text(f"answer\r\n{answer}\r\n")
    with duckdb.connect(candidate / "nof.duckdb") as connection:
        connection.execute("create schema publication")
        connection.execute(f"create table publication.answers as select {answer} as answer")
    write_seal(
        Candidate(
            folder=candidate,
            release_id=release_id,
            framework_id=framework_id,
            quarter_id=quarter_id,
            inputs=(),
        ),
        row_counts={"answers": 1},
        trust_count=1,
    )
    return candidate


def publish(
    home: Home, quarter_id: str, release_id: str, *, answer: int = 0, framework_is_in_force: bool = True
) -> Path:
    framework_id = "nof-2025-26" if framework_is_in_force else "a-draft"
    return promote(
        candidate=make_candidate(home, quarter_id, release_id, answer, framework_id),
        home=home,
        quarter_id=quarter_id,
        release_id=release_id,
        framework_is_in_force=framework_is_in_force,
    )


def answer_of(path: Path) -> int:
    """What a process that starts now reads."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)], input="\n", capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_promotion_moves_the_release_whole_and_current_names_it(home: Home) -> None:
    candidate = make_candidate(home, Q1, OLD)
    before = {name: value.split()[0] for name, value in tree(candidate).items()}
    path = promote(candidate=candidate, home=home, quarter_id=Q1, release_id=OLD, framework_is_in_force=True)
    assert path == home.releases / Q1 / OLD
    assert {name: value.split()[0] for name, value in tree(path).items()} == before
    assert not candidate.exists()
    assert home.current.resolve() == path.resolve()
    assert not home.current.readlink().is_absolute()
    assert home.current_text.read_text() == f"{Q1}/{OLD}\n"
    assert find_release(home) == path
    there = {entry.name for entry in home.releases.iterdir()}
    assert there == {Q1, "CURRENT", "current", "releases.csv"}


def test_a_release_cannot_be_written_to(home: Home) -> None:
    path = publish(home, Q1, OLD)
    for entry in [path, *path.rglob("*")]:
        assert stat.S_IMODE(entry.stat().st_mode) == (0o555 if entry.is_dir() else 0o444), entry


def test_a_newer_quarter_and_a_newer_release_of_the_same_quarter_become_current(home: Home) -> None:
    publish(home, Q1, OLD)
    newer = publish(home, Q1, NEW)
    assert find_release(home) == newer
    newest = publish(home, Q2, "3" * 16)
    assert find_release(home) == newest
    assert [(info.quarter_id, info.is_current) for info in list_releases(home)] == [
        (Q1, False),
        (Q1, False),
        (Q2, True),
    ]


def test_an_older_quarter_is_published_and_current_stays(home: Home) -> None:
    newest = publish(home, Q2, OLD)
    older = publish(home, Q1, NEW)
    assert find_release(home) == newest
    assert find_release(home, Q1) == older


def test_a_framework_that_is_not_in_force_never_moves_current(home: Home) -> None:
    draft = publish(home, Q2, NEW, framework_is_in_force=False)
    assert find_release(home) is None
    assert not home.current.is_symlink()
    current = publish(home, Q1, OLD)  # a draft for a later quarter does not stand in its way
    assert find_release(home) == current
    publish(home, Q2, "3" * 16, framework_is_in_force=False)
    assert find_release(home) == current
    assert draft in [info.path for info in list_releases(home)]


def test_a_reader_keeps_its_answer_while_the_next_release_is_published(home: Home) -> None:
    publish(home, Q1, OLD, answer=41)
    database = home.current / "nof.duckdb"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None

    def ask() -> int:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    try:
        assert ask() == 41
        publish(home, Q2, NEW, answer=42)
        assert ask() == 41
        assert answer_of(database) == 42
        assert ask() == 41
    finally:
        reader.stdin.close()
        assert reader.wait(timeout=30) == 0
        reader.stdout.close()


def test_a_failure_before_the_rename_leaves_the_last_release_byte_for_byte(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = publish(home, Q1, OLD)
    before = tree(path), home.current.readlink(), home.current_text.read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    candidate = make_candidate(home, Q2, NEW)
    with monkeypatch.context() as failing:
        failing.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space left"):
            promote(candidate=candidate, home=home, quarter_id=Q2, release_id=NEW, framework_is_in_force=True)
    assert (tree(path), home.current.readlink(), home.current_text.read_bytes()) == before
    assert [info.release_id for info in list_releases(home)] == [OLD]

    recover(home)
    assert list(home.build.iterdir()) == []
    assert (tree(path), home.current.readlink(), home.current_text.read_bytes()) == before
    assert find_release(home) == path
    again = publish(home, Q2, NEW)
    assert find_release(home) == again


# The intent, the release itself, its event and the mark of the last one, the event that the one before is
# superseded and the mark, the link, the text, the list of releases.
STEPS = 9


@pytest.mark.parametrize("steps_allowed", range(STEPS + 1))
def test_a_kill_at_any_step_leaves_current_whole_and_the_next_run_puts_it_right(
    home: Home, tmp_path: Path, steps_allowed: int
) -> None:
    old = publish(home, Q2, OLD, answer=1)
    before = tree(old)
    candidate = make_candidate(home, Q2, NEW, answer=2)
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED_PROMOTION))
    done = subprocess.run(
        [sys.executable, str(script), str(home.root), str(candidate), Q2, NEW, str(steps_allowed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (9 if steps_allowed < STEPS else 0), done.stderr
    is_moved = steps_allowed >= 2
    is_current = steps_allowed >= 7
    assert tree(old) == before
    assert find_release(home) == (home.releases / Q2 / NEW if is_current else old)
    assert answer_of(home.current / "nof.duckdb") == (2 if is_current else 1)

    recover(home)
    assert tree(old) == before
    wanted = home.releases / Q2 / NEW if is_moved else old
    assert find_release(home) == wanted
    assert home.current_text.read_text() == f"{wanted.parent.name}/{wanted.name}\n"
    there = {entry.name for entry in home.releases.iterdir()}
    assert there == {Q2, "CURRENT", "current", "releases.csv"}
    events = [(event.kind, event.release_id) for event in read_events(home)]
    made = [("released", NEW), ("superseded", OLD)] if is_moved else []
    assert events == [("released", OLD), *made]
    states = {state.released.release_id: state.state for state in read_states(home)}
    assert states == ({OLD: "superseded", NEW: "provisional"} if is_moved else {OLD: "provisional"})
    assert home.release_list.read_text().count(NEW) == (
        3 if is_moved else 0
    )  # as itself, and as the successor
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o555
    assert list(home.build.iterdir()) == []
    settled = tree(home.root)
    recover(home)
    assert tree(home.root) == settled


def test_a_half_folder_is_never_a_release_and_the_next_run_removes_it(home: Home) -> None:
    path = publish(home, Q1, OLD)
    half = home.releases / Q2 / NEW
    half.mkdir(parents=True)
    (half / "nof.duckdb").write_bytes(b"half")
    assert find_release(home, Q2) is None
    assert find_release(home) == path
    recover(home)
    assert not half.exists()
    assert find_release(home) == path


def test_promotion_replaces_a_half_folder_in_its_place(home: Home) -> None:
    half = home.releases / Q1 / OLD
    half.mkdir(parents=True)
    (half / "left.txt").write_text("left\n")
    path = publish(home, Q1, OLD)
    assert find_release(home) == path
    assert not (path / "left.txt").exists()


def test_an_id_that_exists_is_not_made_again(home: Home) -> None:
    path = publish(home, Q1, OLD, answer=1)
    before = tree(path)
    with pytest.raises(ReleaseRefused, match="never made again"):
        publish(home, Q1, OLD, answer=2)
    assert tree(path) == before


@pytest.mark.parametrize("harm", ["change", "remove", "add", "no seal"])
def test_a_candidate_that_is_not_what_was_sealed_is_refused(home: Home, harm: str) -> None:
    path = publish(home, Q1, OLD)
    candidate = make_candidate(home, Q2, NEW)
    answers = candidate / "csv" / "answers.csv"
    if harm == "change":
        answers.write_text("answer\r\n1\r\n")
    elif harm == "remove":
        answers.unlink()
    elif harm == "add":
        (candidate / "more.txt").write_text("more\n")
    else:
        (candidate / "SUCCESS").unlink()
    with pytest.raises(ReleaseRefused):
        promote(candidate=candidate, home=home, quarter_id=Q2, release_id=NEW, framework_is_in_force=True)
    assert find_release(home) == path
    assert len(list_releases(home)) == 1


def test_without_links_the_text_file_moves_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: str, target_is_directory: bool = False) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    path = publish(home, Q1, OLD)
    assert not home.current.exists()
    assert find_release(home) == path
    newer = publish(home, Q2, NEW)
    assert find_release(home) == newer
    assert len(files_under(newer)) == 4
