"""Small homes: each step that writes is killed before every single change of the disk, and at random moments.

The other half of the kills comes while a first kill is being put right.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_mortal import Forge, Kill
from harness_scenes import fetch_scene, input_scenes, release_scenes
from harness_tally import KILLS, SEED, Tallies
from harness_trials import Scene, moments, operations, trial, undisturbed

from nof.files import remove_tree

MOMENTS = 6


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    remove_tree(tmp_path / "home")


def everywhere(forge: Forge, scene: Scene, home: Path, name: str, tallies: Tallies) -> None:
    """Every operation, every third of them with a kill of what puts it right, then random moments."""
    chance = random.Random(f"{SEED}/{name}")
    before_each = tallies(KILLS, f"{name}, before each change of the disk")
    end = undisturbed(forge, scene, home)
    for place, kill in enumerate(operations(end)):
        between = [Kill(at_operation=chance.randrange(1, 4))] if place % 3 == 0 else []
        trial(forge, scene, home, before_each, kill, *between)
    at_moments = tallies(KILLS, f"{name}, at random moments")
    for kill in moments(end.seconds, MOMENTS, [SEED, name]):
        trial(forge, scene, home, at_moments, kill)


@pytest.mark.parametrize("name", ["promote", "finalise", "withdraw", "prune"])
def test_steps_that_change_releases(
    name: str, forge: Forge, template: Path, home: Path, tallies: Tallies
) -> None:
    everywhere(forge, release_scenes(template)[name], home, name, tallies)


@pytest.mark.parametrize("name", ["land and register", "keep a refused file"])
def test_steps_that_keep_files(name: str, forge: Forge, template: Path, home: Path, tallies: Tallies) -> None:
    everywhere(forge, input_scenes(template)[name], home, name, tallies)


def test_fetching(forge: Forge, template: Path, home: Path, tallies: Tallies) -> None:
    with fetch_scene(template) as (scene, _):
        everywhere(forge, scene, home, "fetch", tallies)
