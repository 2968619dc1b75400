"""Another release beside a workspace's own, and `current` moved to it as a run moves it."""

import shutil
from pathlib import Path

import duckdb

from clients.figures import Figures

LATER = "later"


def later_release(figures: Figures, workspace: Path) -> Path:
    """Put another release beside the first: its id is `later`, its league table of one quarter only."""
    folder = workspace / "warehouse" / "releases" / figures.quarters[-1] / LATER
    folder.mkdir()
    copy = shutil.copyfile(figures.release / "nof.duckdb", folder / "nof.duckdb")
    with duckdb.connect(copy) as connection:
        connection.execute(
            "delete from publication.league_table where quarter_id <> ?", [figures.quarters[-1]]
        )
        connection.execute("update publication.dim_release set release_id = ?", [LATER])
    return folder


def move_current(workspace: Path, release: Path) -> None:
    """Make `current` resolve to a release of the workspace, in one step.

    Args:
        workspace: the folder with `warehouse/` in it.
        release: the release's folder, somewhere below `warehouse/releases`.
    """
    releases = workspace / "warehouse" / "releases"
    beside = releases / ".current-next"
    beside.symlink_to(release.relative_to(releases), target_is_directory=True)
    beside.replace(releases / "current")
