"""The steps of a run on the nation's own home, killed at random moments and while its release is promoted."""

from pathlib import Path

import pytest
from harness_mortal import Forge
from harness_nation import REAL, Nation
from harness_tally import KILLS, SEED, Tallies
from harness_trials import Scene, moments, operations, trial

# Random moments within each step, by how long it takes.
MOMENTS = {
    "prepare": 3,
    "write_landing": 3,
    "assemble": 2,
    "make_companions": 2,
    "make_site": 2,
    "publish": 4,
}
OPERATIONS = 6


def begun(forge: Forge, scene: Scene, home: Path, nation: Nation) -> None:
    """The process that starts the children knows what the run stands on: this home, always at this place."""
    scene.laid(home)
    end = forge.run(f"{REAL}:remember", home, is_inside=True, inbox=str(nation.inbox))
    assert end.answer == nation.answer["second"].partition("/")[2], end.said


@pytest.mark.parametrize("step", MOMENTS)
def test_a_kill_at_a_random_moment(
    step: str, real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    wanted = nation.answer["digests"][nation.answer["second"]] if step == "publish" else ""
    made = {"assemble": "assembled", "make_companions": "told", "make_site": "whole"}
    wanted = nation.answer[made[step]] if step in made else wanted
    scene = nation.scene(step, wanted)
    begun(real_forge, scene, home, nation)
    undisturbed = scene.run(real_forge, home)
    assert undisturbed.status == 0, undisturbed.said
    if step in {"prepare", "write_landing"}:  # what an undisturbed one makes
        scene.laid(home)
        wanted = scene.repeat(real_forge, home).answer
        scene = nation.scene(step, wanted)
    tally = tallies(KILLS, f"real {step}, at random moments")
    for kill in moments(undisturbed.seconds, MOMENTS[step], [SEED, step]):
        trial(real_forge, scene, home, tally, kill)


def test_a_kill_before_changes_that_publishing_makes(
    real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    scene = nation.scene("publish", nation.answer["digests"][nation.answer["second"]])
    begun(real_forge, scene, home, nation)
    undisturbed = scene.run(real_forge, home)
    assert undisturbed.status == 0, undisturbed.said
    tally = tallies(KILLS, "real publish, before changes of the disk")
    # Those around the rename and the events; before it come the seal and the permissions, after it the build.
    for kill in operations(undisturbed, most=OPERATIONS):
        trial(real_forge, scene, home, tally, kill)
