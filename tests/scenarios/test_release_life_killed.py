"""Finalising, withdrawing and pruning under fire: killed at every step, whole after the next command."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness_home import FOUR, ONE, Q1, Q2, REASON, ROLE, THREE, TWO, put_out
from nof.files import remove_tree
from nof.home import Home
from nof.release import find_release, list_releases, recover
from nof.release.events import read_events
from nof.release.life import finalise, withdraw
from nof.release.listing import as_csv, list_rows
from nof.release.prune import prune
from nof.release.states import read_states
from nof.release.verify_home import verify_all

# Ends the process, as a kill would, at the n-th of the steps that change what is on the disk.
KILLED = """
import os
import shutil
import sys
from pathlib import Path

from nof.home import Home
from nof.release import recover
from nof.release.life import finalise, withdraw
from nof.release.prune import prune

root, act, release, steps_allowed = sys.argv[1:]
home = Home(Path(root))
left = int(steps_allowed)


def mortal(function):
    def step(*arguments, **named):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return function(*arguments, **named)

    return step


def rmtree(folder):
    # A step that can be killed half way: some of the files are gone.
    for path in list(Path(folder).rglob("*"))[::2]:
        if path.is_file():
            path.unlink()
    whole(folder)


whole = shutil.rmtree
recover(home)
for name in ("rename", "replace", "unlink", "symlink_to"):
    setattr(Path, name, mortal(getattr(Path, name)))
shutil.rmtree = rmtree
with home.lock():
    if act == "finalise":
        finalise(home, release, role="Head of Data", reason="signed off")
    elif act == "withdraw":
        withdraw(home, release, role="Head of Data", reason="wrong file")
    else:
        prune(home, keep=0)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An older and a newer quarter; the newer one was released three times."""
    home = Home(tmp_path / "home")
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    put_out(home, Q2, THREE)
    put_out(home, Q2, FOUR)
    yield home
    remove_tree(home.root)


def killed(home: Home, tmp_path: Path, act: str, release: str, steps_allowed: int) -> bool:
    """Whether the act was killed; otherwise it has ended well."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    done = subprocess.run(
        [sys.executable, str(script), str(home.root), act, release, str(steps_allowed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


def contents(home: Home) -> dict[str, str]:
    """Every file and link of a home, the lock aside."""
    found = {}
    for path in sorted(home.root.rglob("*")):
        name = path.relative_to(home.root).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file() and path != home.lock_file:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def kinds(home: Home) -> list[str]:
    return [f"{event.kind} {event.release_id[0]}" for event in read_events(home)]


def states(home: Home) -> dict[str, str]:
    return {state.released.release_id[0]: state.state for state in read_states(home)}


def settled(home: Home) -> None:
    """All is well after the next command, and the one after it changes nothing."""
    recover(home)
    assert [finding for each in verify_all(home)[0] for finding in each.findings] == []
    assert home.release_list.read_bytes() == as_csv(list_rows(home)).encode()
    assert not list(home.build.iterdir())
    before = contents(home)
    recover(home)
    assert contents(home) == before


BEFORE = ["released 1", "released 2", "released 3", "superseded 2", "released 4", "superseded 3"]


@pytest.mark.parametrize("steps_allowed", range(4))
def test_a_kill_while_finalising_leaves_it_final_or_not(
    home: Home, tmp_path: Path, steps_allowed: int
) -> None:
    # The event, the mark of the last one, the list.
    assert killed(home, tmp_path, "finalise", FOUR, steps_allowed) == (steps_allowed < 3)
    settled(home)
    is_done = steps_allowed >= 1
    assert kinds(home) == BEFORE + ["finalised 4"] * is_done
    assert states(home)["4"] == ("final" if is_done else "provisional")
    if not is_done:
        finalise(home, FOUR, role=ROLE, reason=REASON)
        settled(home)


@pytest.mark.parametrize("steps_allowed", range(8))
def test_a_kill_while_withdrawing_leaves_current_at_a_good_release_after_the_next_command(
    home: Home, tmp_path: Path, steps_allowed: int
) -> None:
    # The event, its mark, three steps of the link (an old one away, the new one beside, into its place), the
    # text, the list.
    assert killed(home, tmp_path, "withdraw", FOUR, steps_allowed) == (steps_allowed < 7)
    current = find_release(home)
    assert current is not None
    assert current.name == (THREE if steps_allowed >= 5 else FOUR)
    assert len(list_releases(home)) == 4
    settled(home)
    is_done = steps_allowed >= 1
    assert kinds(home) == BEFORE + ["withdrawn 4"] * is_done
    current = find_release(home)
    assert current is not None
    assert current.name == (THREE if is_done else FOUR)
    assert home.current_text.read_text() == f"{Q2}/{current.name}\n"
    assert states(home)["3"] == ("provisional" if is_done else "superseded")


@pytest.mark.parametrize("steps_allowed", range(6))
def test_a_kill_while_the_last_good_one_is_withdrawn_leaves_none_after_the_next_command(
    tmp_path: Path, steps_allowed: int
) -> None:
    home = Home(tmp_path / "home")
    put_out(home, Q1, ONE)
    # The event, its mark, the link, the text, the list.
    assert killed(home, tmp_path, "withdraw", ONE, steps_allowed) == (steps_allowed < 5)
    settled(home)
    is_done = steps_allowed >= 1
    assert (find_release(home) is None) == is_done
    assert home.current.is_symlink() == home.current_text.exists() == (not is_done)
    remove_tree(home.root)


# Two releases go: for each its event, the mark, the rename, files of it (five of nine, one by one); the list.
FILES = 5


@pytest.mark.parametrize("steps_allowed", [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 16, 17, 18])
def test_a_kill_while_pruning_leaves_each_release_whole_or_gone(
    home: Home, tmp_path: Path, steps_allowed: int
) -> None:
    was_killed = killed(home, tmp_path, "prune", "", steps_allowed)
    assert was_killed == (steps_allowed < 2 * (3 + FILES) + 1)
    there = {info.release_id[0] for info in list_releases(home)}
    assert {"1", "4"} <= there
    whole = {each.subject.partition("/")[2][:1]: each for each in verify_all(home)[0]}
    for name in there & whole.keys():
        assert whole[name].findings == []
    current = find_release(home)
    assert current is not None
    assert current.name == FOUR

    settled(home)
    first, second = steps_allowed >= 1, steps_allowed >= 1 + 3 + FILES
    assert kinds(home) == BEFORE + ["pruned 3"] * first + ["pruned 2"] * second
    gone = {name for name, went in (("3", first), ("2", second)) if went}
    assert {info.release_id[0] for info in list_releases(home)} == {"1", "2", "3", "4"} - gone
    prune(home, keep=0)
    settled(home)
    assert {info.release_id[0] for info in list_releases(home)} == {"1", "4"}


def test_a_kill_between_the_rename_and_the_event_of_a_release_made_again_is_no_unfinished_prune(
    home: Home, tmp_path: Path
) -> None:
    """The log says pruned and the folder is there: the intent tells the two cases apart."""
    prune(home, keep=0)
    remove_tree(home.releases / Q2 / FOUR)  # so that 3 can be laid there by hand, whole, as the rename would
    put_out(home, Q2, THREE)
    events = sorted(home.events.glob("*.json"))
    assert "released" in events[-1].name
    events[-1].unlink()
    mark = hashlib.sha256(events[-2].read_bytes()).hexdigest()
    (home.events / "LAST").write_text(f"{events[-2].name} {mark}\n")
    assert states(home)["3"] == "pruned"
    (home.releases / "PROMOTING").write_text(f"{Q2}/{THREE}\nin force\n")
    recover(home)
    assert (home.releases / Q2 / THREE / "SUCCESS").is_file()
    assert kinds(home)[-1] == "released 3"
    assert states(home)["3"] == "superseded"


def test_an_unfinished_prune_is_finished_by_any_next_command(home: Home, tmp_path: Path) -> None:
    assert killed(home, tmp_path, "prune", "", 2)
    assert (home.releases / Q2 / THREE).is_dir()
    assert states(home)["3"] == "pruned"
    recover(home)
    withdraw(home, FOUR, role=ROLE, reason=REASON)
    assert not (home.releases / Q2 / THREE).exists()
    current = find_release(home)
    assert current is not None
    assert current.name == TWO
