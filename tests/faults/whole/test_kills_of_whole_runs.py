"""Whole runs, killed as each of their steps begins and somewhere within it; told to end; two at once.

A series of runs in one home: each next run is the one that is killed next, and the last one is left to end.
"""

import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness_endured import command, ended_with
from harness_mortal import Forge
from harness_nation import REAL, Nation
from harness_tally import KILLS, SEED, Tallies
from harness_trials import weigh

from harness_some import some

# What a run says as each step begins, and within how many seconds of it the kill comes, about as it lasts.
STEPS = {
    "Landing": 1.5,
    "Reading the project": 1.5,
    "Reading the landed rows": 6.0,
    "Gate: landed": 4.0,
    "Scoring": 8.0,
    "Gate: scored": 4.0,
    "Publication tables": 6.0,
    "Release": 6.0,
    "Companions": 3.0,
    "Promotion": 1.5,
}
FIRST, SECOND = list(STEPS)[:6], list(STEPS)[6:]
SERIES = {
    "as its first steps begin": (FIRST, False),
    "as its last steps begin": (SECOND, False),
    "within its first steps": (FIRST, True),
    "within its last steps": (SECOND, True),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_run_that_is_killed_over_and_over_is_made_by_the_one_that_is_not(
    name: str, real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    steps, is_within = SERIES[name]
    chance = random.Random(f"{SEED}/{name}")
    second = nation.answer["digests"][nation.answer["second"]]
    scene, tally = nation.scene("publish", second), tallies(KILLS, f"nof run, {name}")
    shutil.copytree(scene.template, home, symlinks=True)
    inbox = str(nation.inbox)
    for step in some(steps):
        after = chance.uniform(0.01, STEPS[step]) if is_within else 0.0
        end = real_forge.run(f"{REAL}:run_whole", home, inbox=inbox, die_at=step, after_seconds=after)
        if end.was_killed:
            tally.tried += 1
        else:
            assert end.status == 0, end.said
            tally.missed += 1
        weigh(real_forge, scene, home, tally, is_finished=False)
    end = real_forge.run(f"{REAL}:run_whole", home, inbox=inbox)
    assert (end.status, end.answer) == (0, second), end.said
    weigh(real_forge, scene, home, tally, is_finished=True)
    tally.survived = tally.tried


@pytest.mark.parametrize(
    ("number", "step"),
    [(signal.SIGTERM, "Scoring"), (signal.SIGINT, "Gate: landed"), (signal.SIGTERM, "Release")],
)
def test_a_run_that_is_told_to_end_says_so(
    number: signal.Signals, step: str, real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    """After it the next command has nothing to do but to tidy up."""
    scene, tally = nation.scene("publish", ""), tallies(number.name, f"nof run, {step}")
    shutil.copytree(scene.template, home, symlinks=True)
    running = command(home, "run", "--landing", nation.inbox)
    assert running.stderr is not None
    try:
        assert any(line == f"{step}\n" for line in running.stderr)
        time.sleep(1.0)
        running.send_signal(number)
        status, said = ended_with(running)
    finally:
        running.kill()
    tally.tried += 1
    assert status == 1, said
    assert "Stopped by " in said and "No release was harmed" in said and "Traceback" not in said
    weigh(real_forge, scene, home, tally, is_finished=False)
    end = real_forge.run("harness_steps:recover", home)
    assert end.status == 0, end.said
    assert list((home / "build").iterdir()) == []
    weigh(real_forge, scene, home, tally, is_finished=False)
    tally.survived += 1


def test_two_runs_at_once(real_forge: Forge, nation: Nation, home: Path, tallies: Tallies) -> None:
    """One of them makes the release, the other says who holds the home."""
    second = nation.answer["digests"][nation.answer["second"]]
    scene, tally = nation.scene("publish", second), tallies("two at once", "nof run beside nof run")
    shutil.copytree(scene.template, home, symlinks=True)
    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(real_forge.run, f"{REAL}:run_whole", home, inbox=str(nation.inbox))
        while not any((home / "build").glob("*")):
            assert not one.done(), one.result().said
            time.sleep(0.05)
        status, said = ended_with(command(home, "run", "--landing", nation.inbox))
        tally.tried += 1
        end = one.result()
    assert status == 1, said
    assert "Another run is working in this home" in said
    assert (end.status, end.answer) == (0, second), end.said
    weigh(real_forge, scene, home, tally, is_finished=True)
    tally.survived += 1
