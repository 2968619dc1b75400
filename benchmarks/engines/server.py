"""What a PostgreSQL server on this machine has worked, which no client's processor time tells."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg


def processor_seconds(address: str) -> float:
    """Processor seconds of all processes of the server since it started, those that have ended too.

    Args:
        address: of a server on this machine, which is Linux.

    Raises:
        ValueError: the server's processes are not on this machine.
    """
    with psycopg.connect(address) as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        assert row is not None
        backend = Path("/proc") / str(row[0])
        if not (backend / "stat").is_file():
            raise ValueError(
                "The server of NOF_POSTGRES_URL is not on this machine. `make bench` starts one."
            )
        postmaster = _fields(backend)[1]
        # Its own, those of its processes that have ended, and those of its processes that have not.
        ticks = sum(int(each) for each in _fields(Path("/proc") / postmaster)[11:15])
        ticks += sum(int(each) for fields in _all() if fields[1] == postmaster for each in fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _all() -> Iterator[list[str]]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            yield _fields(process)
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue


def _fields(process: Path) -> list[str]:
    """What follows the name in /proc/N/stat, from the third field of proc(5) on."""
    return (process / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
