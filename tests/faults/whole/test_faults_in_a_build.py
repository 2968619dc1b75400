"""A build that something happens to while it is made: its file harmed, no room, no memory; made anew."""

from pathlib import Path

import pytest
from harness_endured import can_mount, emptied, endured, filled, small_disk
from harness_mortal import Forge
from harness_nation import REAL, Nation
from harness_tally import Tallies
from harness_trials import Scene


def assembling(forge: Forge, nation: Nation, home: Path) -> Scene:
    """The step that reads the build and writes the release, in the process that starts the children known."""
    scene = nation.scene("assemble", nation.answer["assembled"])
    scene.laid(home)
    forge.run(f"{REAL}:remember", home, is_inside=True, inbox=str(nation.inbox))
    return scene


@pytest.mark.parametrize("how", ["flipped", "truncated", "zero"])
def test_the_build_database_is_harmed_in_the_middle_of_a_run(
    how: str, real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    def harm(root: Path) -> None:
        (database,) = root.glob("build/*/build.duckdb")
        content = database.read_bytes()
        middle = len(content) // 2
        harmed = {
            "flipped": bytes(255 - each for each in content[:middle]) + content[middle:],
            "truncated": content[: len(content) // 3],
            "zero": b"\0" * len(content),
        }
        database.write_bytes(harmed[how])

    endured(
        real_forge,
        assembling(real_forge, nation, home),
        home,
        tallies("build database corrupt", f"in the middle of a run, {how}"),
        says=("it is made anew",),
        harm=harm,
    )


def test_the_disk_is_full_while_a_release_is_assembled(
    real_forge: Forge, nation: Nation, tmp_path: Path, tallies: Tallies
) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here, and only a small one can be filled")
    with small_disk(tmp_path / "disk", kilobytes=600_000) as disk:
        endured(
            real_forge,
            assembling(real_forge, nation, disk / "home"),
            disk / "home",
            tallies("disk full", "real assemble"),
            says=("No space left on device", "Make room on the disk"),
            harm=filled,
            ended=emptied,
        )


def test_there_is_no_memory_while_a_release_is_assembled(
    real_forge: Forge, nation: Nation, home: Path, tallies: Tallies
) -> None:
    endured(
        real_forge,
        assembling(real_forge, nation, home),
        home,
        tallies("no memory", "real assemble"),
        says=("not enough memory", "give this one more memory"),
        limits={"RLIMIT_AS": real_forge.memory_bytes() + 150_000_000},
    )
