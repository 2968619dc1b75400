"""What lies in the folders that a run is given: data files, what looks like data, and what is passed over."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from nof.errors import Problem, UsageRefused

_CSV = ".csv"
_DATA_SUFFIXES = frozenset(
    (
        *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        *(".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar"),
        *(".tsv", ".tab", ".psv", ".json", ".jsonl", ".ndjson", ".xml", ".html", ".htm"),
        *(".parquet", ".arrow", ".feather", ".duckdb", ".sqlite", ".db", ".sav", ".dta"),
    )
)


class Found(NamedTuple):
    """A file to be read, or (with a problem) one that cannot be."""

    path: Path
    problem: Problem | None


class Inbox(NamedTuple):
    """What the folders hold, in the order of folders and names."""

    found: list[Found]
    ignored: list[Path]


def look_into(directories: Sequence[Path]) -> Inbox:
    """List the folders' own files; folders within them are not entered.

    Args:
        directories: the folders to land from.

    Raises:
        UsageRefused: if a folder is missing, is no folder, or holds no data.
    """
    found: list[Found] = []
    ignored: list[Path] = []
    seen: set[Path] = set()
    for directory in directories:
        if directory.resolve() in seen:
            continue
        seen.add(directory.resolve())
        here = _look_into_one(directory)
        if not here.found:
            raise UsageRefused(
                f"{directory} holds no CSV file. Put the published files into it, "
                "or name another folder (--landing)."
            )
        found += here.found
        ignored += here.ignored
    return Inbox(found, ignored)


def holds_data(directory: Path) -> bool:
    """Whether a folder holds anything that a run would land or refuse."""
    return bool(_look_into_one(directory).found)


def _look_into_one(directory: Path) -> Inbox:
    if not directory.is_dir():
        what = "is not a folder" if directory.exists() else "does not exist"
        raise UsageRefused(f"{directory} {what}. Name the folder that the published files are in.")
    found: list[Found] = []
    ignored: list[Path] = []
    for path in sorted(directory.iterdir()):
        suffix = path.suffix.lower()
        # `~$` begins the lock that an office program leaves beside an open file.
        is_passed_over = path.name.startswith((".", "~$")) or path.stem.lower() == "readme" or path.is_dir()
        if not is_passed_over and suffix == _CSV:
            found.append(Found(path, None))
        elif not is_passed_over and suffix in _DATA_SUFFIXES:
            found.append(Found(path, _not_csv(path)))
        else:
            ignored.append(path)
    return Inbox(found, ignored)


def _not_csv(path: Path) -> Problem:
    return Problem(
        path.name,
        f"a {path.suffix} file is not read; only CSV files are, and the source publications that are known.",
        "Take the CSV out of the archive, save the sheet as CSV (UTF-8), or take the file out of the folder.",
    )
