"""A home with a record room of small extracts, written as published."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb
from harness_rtt import Line, small, written

from nof.home import Home
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.records import Arrival, Staging, current, land_records, read_manifest, room_of, stage
from nof.records.sql import record_macros

TODAY = date(2026, 5, 14)


def extract(month: str, lines: Iterable[Line] | None = None) -> bytes:
    """The small extract, or other lines, as of a month such as RTT-May-2026."""
    return written({**each, "Period": f"RTT-{month}"} for each in lines or small())


def publish(folder: Path, **files: bytes) -> Path:
    """Write extracts into a folder; two underscores in a name stand for the point."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def land(home: Home, *folders: Path) -> list[Arrival]:
    """What `nof records land` does."""
    return list(land_records(home, folders, today=TODAY))


def staged(home: Home, periods: Sequence[str] | None = None) -> Staging:
    """The current extracts of some months staged, or of all."""
    room = room_of(home)
    held = current(read_manifest(room))
    return stage(room, [each for each in held.values() if periods is None or each.period in periods])


def as_landed(staging: Staging) -> list[tuple[str, ...]]:
    """The rows that staging would land: file, row number, current or not, and the landing columns."""
    sql = record_macros("duckdb")["staged_as_landed"](
        staging.folder.as_posix(), [*staging.staged, *staging.kept], SOURCE_COLUMNS["rtt_waits"], []
    )
    with duckdb.connect() as con:
        return con.execute(sql).fetchall()


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file below a folder: which inode it is, when it was written, and what it holds."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
