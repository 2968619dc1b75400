"""A fault other than a kill: it is done to a small home, said in words, ended, and nothing has come of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from harness_mortal import End, Forge
from harness_tally import Tally
from harness_trials import Scene, weigh

NOBODY = 65534
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
Harm = Callable[[Path], None]


def nothing(home: Path) -> None:
    """No harm, or nothing to be undone."""
    del home


def endured(
    forge: Forge,
    scene: Scene,
    home: Path,
    tally: Tally,
    *,
    says: tuple[str, ...],
    harm: Harm = nothing,
    ended: Harm = nothing,
    limits: Mapping[str, int] | None = None,
    user: int | None = None,
    **arguments: Any,
) -> None:
    """Do it, and look at everything.

    Args:
        forge: where steps run.
        scene: the step, its home, and what may be there.
        home: where to lay it out.
        tally: counts.
        says: what the message holds; the step is to fail with one, and never with a traceback.
        harm: done to the home before the step.
        ended: what ends the fault, as the message asks: room on the disk, the folder back in its place.
        limits: of the system, for the step alone.
        user: whose rights the step has.
        arguments: of the step, in place of those of the scene.
    """
    scene.laid(home)
    harm(home)
    end = forge.run(scene.step, home, limits=limits, user=user, **{**scene.arguments, **arguments})
    tally.tried += 1
    try:
        told(end, says)
        weigh(forge, scene, home, tally, is_finished=False)
    finally:
        ended(home)
    after(forge, scene, home, tally)


def after(forge: Forge, scene: Scene, home: Path, tally: Tally) -> None:
    """The fault is over: the same step succeeds without hand work."""
    end = scene.repeat(forge, home)
    assert end.status == 0, end.said
    weigh(forge, scene, home, tally, is_finished=True)
    if scene.finished is not None:
        scene.finished(home, end)
    tally.survived += 1


def told(end: End, says: tuple[str, ...]) -> None:
    """It has failed, in words, and the words hold what is in the way and what to do."""
    assert end.status in {1, 2, 3}, end
    assert "Traceback" not in end.said, end.said
    for each in says:
        assert each in end.said, end.said


@contextmanager
def small_disk(folder: Path, *, kilobytes: int) -> Iterator[Path]:
    """A file system of its own in memory; only root can mount one."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True, capture_output=True)


def can_mount(folder: Path) -> bool:
    """Whether file systems can be mounted here: a container may forbid it even to root."""
    if not IS_ROOT or shutil.which("mount") is None:
        return False
    try:
        with small_disk(folder / "tried", kilobytes=64):
            return True
    except subprocess.CalledProcessError:
        return False


def filled(home: Path) -> None:
    """Leave no room on the disk that the home is on."""
    with (home.parent / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 4096):
            pass


def emptied(home: Path) -> None:
    """Make room again."""
    (home.parent / "filler").unlink()


def owned_by_nobody(home: Path) -> None:
    """Give a home to the user without rights."""
    for path in [home, *home.rglob("*")]:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def command(home: Path, *arguments: object, **environment: str) -> "subprocess.Popen[str]":
    """`nof` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "nof", *(str(each) for each in arguments), "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


def ended_with(process: "subprocess.Popen[str]", seconds: float = 120) -> tuple[int, str]:
    """Its exit status and all that it said."""
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out + err
