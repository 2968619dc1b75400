"""What a machine can do to a step: no room, no right, no memory, no files; each said, and each survived."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_endured import (
    IS_ROOT,
    NOBODY,
    after,
    can_mount,
    command,
    emptied,
    ended_with,
    endured,
    filled,
    owned_by_nobody,
    small_disk,
)
from harness_inputs import NAME, published, row
from harness_mortal import Forge
from harness_tally import Tallies
from harness_trials import Scene

from harness_home import THREE
from nof.files import remove_tree

RELEASES = ("promote", "finalise", "withdraw")
INPUTS = ("land and register", "keep a refused file")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    if (tmp_path / "home").exists():
        remove_tree(tmp_path / "home")


@pytest.mark.parametrize("name", RELEASES + INPUTS)
def test_a_full_disk(
    name: str, forge: Forge, scenes: dict[str, Scene], tmp_path: Path, tallies: Tallies
) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here, and only a small one can be filled")

    def harm(root: Path) -> None:
        if name != "promote":
            remove_tree(root / "build")  # what a run has left: to take it away makes room
        filled(root)

    with small_disk(tmp_path / "disk", kilobytes=32_768) as disk:
        endured(
            forge,
            scenes[name],
            disk / "home",
            tallies("disk full", name),
            says=("No space left on device", "Make room on the disk"),
            harm=harm,
            ended=emptied,
        )


@pytest.mark.parametrize("name", RELEASES + INPUTS)
def test_a_limit_on_the_size_of_files(
    name: str, forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    endured(
        forge,
        scenes[name],
        home,
        tallies("file size limit", name),
        says=("File too large", "ulimit -f"),
        limits={"RLIMIT_FSIZE": 10},
    )


@pytest.mark.parametrize("name", RELEASES + INPUTS)
def test_no_file_can_be_opened_any_more(
    name: str, forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    endured(
        forge,
        scenes[name],
        home,
        tallies("no file descriptors left", name),
        says=("Too many open files", "ulimit -n"),
        limits={"RLIMIT_NOFILE": 5},
    )


@pytest.mark.parametrize(
    ("folder", "name"),
    [("releases", "promote"), ("releases", "withdraw"), ("events", "promote"), ("landed", INPUTS[0])],
)
def test_a_folder_of_the_home_is_read_only(
    folder: str, name: str, forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    def harm(root: Path) -> None:
        (root / folder).mkdir(exist_ok=True)
        if IS_ROOT:  # whom no permission stops
            owned_by_nobody(root)
            os.chown(root / folder, 0, 0)
        for path in tmp_path_parents(root):
            path.chmod(path.stat().st_mode | 0o755)
        (root / folder).chmod(0o555)

    def ended(root: Path) -> None:
        (root / folder).chmod(0o755)

    endured(
        forge,
        scenes[name],
        home,
        tallies(f"read-only {'release folder' if folder == 'releases' else 'folder'}", f"{name}: {folder}/"),
        says=("Permission denied", "the right to it"),
        harm=harm,
        ended=ended,
        user=NOBODY if IS_ROOT else None,
    )


def tmp_path_parents(home: Path) -> list[Path]:
    """The folders above a home that pytest keeps to its user."""
    return [path for path in home.parents if path.name.startswith(("pytest-", "test_"))]


def test_a_home_that_is_mounted_read_only(
    forge: Forge, scenes: dict[str, Scene], tmp_path: Path, tallies: Tallies
) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here")
    with small_disk(tmp_path / "disk", kilobytes=32_768) as disk:
        endured(
            forge,
            scenes["withdraw"],
            disk / "home",
            tallies("home mounted read-only", "withdraw"),
            says=("Read-only file system", "Mount it so that it can be written to"),
            harm=lambda _: remounted(disk, "ro"),
            ended=lambda _: remounted(disk, "rw"),
        )


def test_a_build_folder_on_another_file_system(
    forge: Forge, scenes: dict[str, Scene], tmp_path: Path, home: Path, tallies: Tallies
) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here")

    def harm(root: Path) -> None:
        (root / "build").rename(root / "build-before")
        shutil.copytree(root / "build-before", disk / "build")
        (root / "build").symlink_to(disk / "build")

    def ended(root: Path) -> None:
        (root / "build").unlink()
        (root / "build-before").rename(root / "build")

    with small_disk(tmp_path / "disk", kilobytes=32_768) as disk:
        endured(
            forge,
            scenes["promote"],
            home,
            tallies("build/ on another file system", "promote"),
            says=("Invalid cross-device link", "on one file system"),
            harm=harm,
            ended=ended,
        )


def test_no_memory(
    forge: Forge, scenes: dict[str, Scene], tmp_path: Path, home: Path, tallies: Tallies
) -> None:
    large = tmp_path / "large"
    large.mkdir()
    text = published(*(row(Trust_code=f"Z{number:05}") for number in range(100_000)))
    (large / NAME).write_bytes(text)
    endured(
        forge,
        scenes["land and register"],
        home,
        tallies("no memory", "land and register"),
        says=("There is not enough memory", "give this one more memory"),
        limits={"RLIMIT_AS": forge.memory_bytes() + 2 * len(text)},
        inbox=str(large),
    )


def test_no_home_of_a_user_and_no_temporary_folder(
    forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    """Neither is needed: everything that a command writes is in the home of the warehouse."""
    scene, tally = scenes["withdraw"], tallies("no HOME, no TMPDIR", "nof withdraw")
    scene.laid(home)
    nowhere = "/proc/nowhere"
    arguments = ("withdraw", THREE, "--role", "Head of Data", "--reason", "wrong file")
    status, said = ended_with(command(home, *arguments, HOME=nowhere, TMPDIR=nowhere))
    tally.tried += 1
    assert status == 0, said
    after(forge, scene, home, tally)


def remounted(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True, capture_output=True)
