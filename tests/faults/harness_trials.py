"""One trial: a home is laid out, a step in it is killed, and all that must hold afterwards is looked at."""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness_mortal import End, Forge, Kill
from harness_tally import Tally

from nof.files import remove_tree

STEPS = "harness_steps"


@dataclass(frozen=True)
class Scene:
    """A step, the home that it works in, and what may be there once it was killed.

    Attributes:
        step: what is killed: `module:function`.
        template: the home before it; it is copied for each trial and stays as it is.
        arguments: of the step.
        again: what succeeds after the kill without hand work; the step itself if None.
        good: the releases before the step, each with its hash: none of them may be lost.
        may_go: those of them that the step may take away.
        may_come: a release that it may bring, with the hash that an undisturbed run gives it.
        may_be_current: what `current` may name after the kill.
        current: what it names in the end.
        lay: how the template becomes a home for one trial.
        finished: looks at the home after the repeated step; raises where it is not what it should be.
    """

    step: str
    template: Path
    good: Mapping[str, str]
    may_be_current: frozenset[str]
    current: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    again: str | None = None
    again_arguments: Mapping[str, Any] | None = None
    may_go: frozenset[str] = frozenset()
    may_come: Mapping[str, str] = field(default_factory=dict)
    lay: Callable[[Path, Path], None] | None = None
    finished: Callable[[Path, End], None] | None = None

    def laid(self, home: Path) -> None:
        """The home as it is before the step, in place of whatever the trial before left."""
        if home.exists():
            remove_tree(home)
        if self.lay is not None:
            self.lay(self.template, home)
        else:
            shutil.copytree(self.template, home, symlinks=True)

    def run(self, forge: Forge, home: Path, kill: Kill | None = None) -> End:
        """The step, killed or not."""
        return forge.run(self.step, home, kill=kill, **self.arguments)

    def repeat(self, forge: Forge, home: Path) -> End:
        """What follows a kill."""
        arguments = self.arguments if self.again_arguments is None else self.again_arguments
        return forge.run(self.again or self.step, home, **arguments)


def seen(forge: Forge, home: Path, *, is_finished: bool) -> dict[str, Any]:
    """What a reader meets in the home; looking must never fail."""
    end = forge.run(f"{STEPS}:look", home, is_finished=is_finished)
    assert end.status == 0, end.said
    answer: dict[str, Any] = end.answer
    return answer


def weigh(forge: Forge, scene: Scene, home: Path, tally: Tally, *, is_finished: bool) -> None:
    """Count what is lost and what is wrong, and fail where anything is."""
    found = seen(forge, home, is_finished=is_finished)
    releases = found["releases"]
    lost = [
        name
        for name, digest in scene.good.items()
        if name not in scene.may_go and releases.get(name) != digest
    ]
    lost += [name for name in scene.good if name in releases and releases[name] != scene.good[name]]
    allowed = {**scene.good, **scene.may_come}
    wrong = [name for name, digest in releases.items() if allowed.get(name) != digest]
    may_be = {scene.current} if is_finished else scene.may_be_current
    tally.lost += len(set(lost)) + bool(found["findings"])
    tally.wrong += len(wrong) + (found["current"] not in may_be) + bool(found["half"])
    assert found["half"] == []
    assert found["findings"] == []
    assert (lost, wrong) == ([], [])
    assert found["current"] in may_be


def trial(forge: Forge, scene: Scene, home: Path, tally: Tally, kill: Kill, *between: Kill) -> None:
    """Kill a step, look, repeat it, look again.

    Args:
        forge: where steps run.
        scene: the step and its home.
        home: where to lay the home out.
        tally: counts; a step that was over before the kill is missed.
        kill: of the step.
        between: kills of what puts the home right afterwards, each of which counts too.
    """
    scene.laid(home)
    end = scene.run(forge, home, kill)
    if not end.was_killed:
        assert end.status == 0, end.said
        tally.missed += 1
        return
    hits = 1
    tally.tried += 1
    weigh(forge, scene, home, tally, is_finished=False)
    for each in between:
        end = forge.run(f"{STEPS}:recover", home, kill=each)
        if end.was_killed:
            hits += 1
            tally.tried += 1
        else:
            assert end.status == 0, end.said
            tally.missed += 1
        weigh(forge, scene, home, tally, is_finished=False)
    end = scene.repeat(forge, home)
    assert end.status == 0, end.said
    weigh(forge, scene, home, tally, is_finished=True)
    if scene.finished is not None:
        scene.finished(home, end)
    tally.survived += hits


def undisturbed(forge: Forge, scene: Scene, home: Path) -> End:
    """The step without a kill: how long it takes, and how many changes of the disk it makes."""
    scene.laid(home)
    end = scene.run(forge, home)
    assert end.status == 0, end.said
    weigh(forge, scene, home, Tally("", ""), is_finished=True)
    return end


def moments(seconds: float, count: int, seed: Sequence[object]) -> Iterator[Kill]:
    """Random moments within a step, the same for the same seed."""
    chance = random.Random("/".join(str(each) for each in seed))
    for _ in range(count):
        yield Kill(after_seconds=chance.uniform(0, seconds))


def operations(end: End, most: int | None = None) -> Iterable[Kill]:
    """Every change of the disk that a step makes, or `most` of them: evenly spread, and the last ones."""
    assert end.operations > 0
    every = range(end.operations)
    if most is None or end.operations <= most:
        chosen = list(every)
    else:
        tail = list(every[-(most // 2) :])
        rest = every[: -(most // 2)]
        count = most - len(tail)
        chosen = [rest[place * len(rest) // count] for place in range(count)] + tail
    return [Kill(at_operation=each) for each in chosen]
