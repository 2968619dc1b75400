"""Real kills on small homes, a spread of them: `make faults` makes the others (tests/faults/whole)."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_mortal import Forge, Kill
from harness_scenes import fetch_scene, input_scenes, release_scenes
from harness_tally import KILLS, SEED, Tallies, Tally
from harness_trials import operations, trial, undisturbed, weigh

from harness_home import ONE, Q1, Q2, unlock
from nof.files import remove_tree

A_FEW = 3


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    remove_tree(tmp_path / "home")


@pytest.mark.parametrize("name", ["promote", "finalise", "withdraw", "prune"])
def test_a_kill_of_what_changes_releases_loses_none(
    name: str, forge: Forge, template: Path, home: Path, tallies: Tallies
) -> None:
    scene = release_scenes(template)[name]
    tally = tallies(KILLS, name)
    chance = random.Random(f"{SEED}/{name}")
    for kill in operations(undisturbed(forge, scene, home), most=A_FEW):
        # And what puts it right is killed too.
        trial(forge, scene, home, tally, kill, Kill(at_operation=chance.randrange(1, 3)))


@pytest.mark.parametrize("name", ["land and register", "keep a refused file"])
def test_a_kill_of_what_keeps_files_leaves_no_half_file(
    name: str, forge: Forge, template: Path, home: Path, tallies: Tallies
) -> None:
    scene, tally = input_scenes(template)[name], tallies(KILLS, name)
    for kill in operations(undisturbed(forge, scene, home), most=A_FEW):
        trial(forge, scene, home, tally, kill)


def test_a_kill_of_a_fetch_leaves_nothing_that_the_next_one_does_not_put_right(
    forge: Forge, template: Path, home: Path, tallies: Tallies
) -> None:
    tally = tallies(KILLS, "fetch")
    with fetch_scene(template) as (scene, _):
        for kill in operations(undisturbed(forge, scene, home), most=A_FEW):
            trial(forge, scene, home, tally, kill)


def test_a_kill_that_comes_too_late_is_not_counted(forge: Forge, template: Path, home: Path) -> None:
    tally = Tally(KILLS, "finalise")
    trial(forge, release_scenes(template)["finalise"], home, tally, Kill(at_operation=10_000))
    assert (tally.tried, tally.missed) == (0, 1)


@pytest.mark.parametrize(
    "harm", ["a release gone", "a figure changed", "current elsewhere", "half a release"]
)
def test_a_loss_and_a_wrong_release_are_seen(harm: str, forge: Forge, template: Path, home: Path) -> None:
    """The trial is shown a bad case: harm done to the home, and no kill at all."""
    scene, tally = release_scenes(template)["finalise"], Tally(KILLS, "harm")
    scene.laid(home)
    unlock(home / "releases")
    if harm == "a release gone":
        remove_tree(home / "releases" / Q1 / ONE)
    elif harm == "a figure changed":
        (home / "releases" / Q1 / ONE / "csv" / "fct_metric.csv").write_text("other\r\n")
    elif harm == "current elsewhere":
        (home / "releases" / "current").unlink()
        (home / "releases" / "current").symlink_to(f"{Q1}/{ONE}")
    else:
        (home / "releases" / Q2 / ("7" * 16)).mkdir()
    with pytest.raises(AssertionError):
        weigh(forge, scene, home, tally, is_finished=False)
    assert tally.lost + tally.wrong > 0
