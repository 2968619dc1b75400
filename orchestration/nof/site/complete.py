"""Whether a site is whole: a page for everything that the release is about, and none of them empty."""

from pathlib import Path

from nof.release.database import open_database
from nof.release.errors import ReleaseRefused
from nof.site.menu import MENU
from nof.site.released import Released, metric_path

_MOST_NAMED = 5
_END = "</html>"


def check_site(source: Path, folder: Path) -> None:
    """Refuse a site that lacks a page, or has one that ends in its middle.

    Args:
        source: the candidate or release that it is of.
        folder: the site.

    Raises:
        ReleaseRefused: with the pages, the first few of them.
    """
    with open_database(source / "nof.duckdb") as connection:
        released = Released(source, connection)
    wanted = [step.path for step in MENU]
    wanted += [trust.path for trust in released.trusts.values()]
    wanted += [metric_path(metric_id) for metric_id in released.metrics]
    wanted += [
        each.league_path(quarter_id) for each in released.types for quarter_id in each.league_quarter_ids
    ]
    broken = [path for path in wanted if not _is_whole(folder / path)]
    if broken:
        named = ", ".join(broken[:_MOST_NAMED])
        raise ReleaseRefused(
            f"The site of the release is not whole: {len(broken)} of {len(wanted)} pages are missing or cut "
            f"short ({named}). Run again; if it happens again, a module of nof.site.pages does not make them."
        )


def _is_whole(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8").rstrip().endswith(_END)
