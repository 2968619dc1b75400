"""Measures a whole run of the bundled nation on each engine, and that the release is the same."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.fresh import Spent, command
from benchmarks.measured import Part, Settings, Table

DATABASE = "nof_bench"
ENGINES = ("duckdb", "postgres", "spark")
WHAT = """\
`nof run` on the bundled nation, once on each engine, from the start of the command to the promoted release,
workbook and site included: PostgreSQL on this machine, with the settings it is installed with; Spark within
the process, on the machine's own cores. With another engine than DuckDB seeds, staging, measures and
scoring are built there and brought back, and the rest is DuckDB's (`docs/guides/engines.md`). The
{files} Parquet files of the three releases are the same, byte for byte.

A nation of 205 trusts is what DuckDB is made for, and what a distributed engine is not: what is seen here
is the fixed cost of the others. The processor's time of the PostgreSQL server is not counted."""


def measure(settings: Settings) -> Part:
    """Run on each engine, compare the releases, and give what each run cost."""
    engines = ENGINES[:2] if settings.is_quick else ENGINES
    with _database() as address:
        spent = {engine: _run(settings.scratch / engine, engine, address) for engine in engines}
    files = {engine: _parquet(settings.scratch / engine) for engine in engines}
    differing = [engine for engine in engines if files[engine] != files["duckdb"] or not files[engine]]
    if differing:
        raise ValueError(f"The release made over {', '.join(differing)} is not that of DuckDB.")
    return Part(
        key="engines",
        title="The same run on each engine",
        what=WHAT.format(files=len(files["duckdb"])),
        figures=(),
        tables=(_table(spent),),
    )


def _run(home: Path, engine: str, address: str) -> Spent:
    return command(
        [sys.executable, "-m", "nof", "run", "--home", str(home), "--engine", engine],
        environment={"NOF_ENGINE_URL": address},
    )


def _table(spent: dict[str, Spent]) -> Table:
    own = spent["duckdb"]
    return Table(
        "A whole run",
        ("engine", "s", "processor, s", "peak memory, MiB", "times DuckDB's"),
        tuple(
            (engine, each.seconds, each.cpu_seconds, each.peak_mib, each.seconds / own.seconds)
            for engine, each in spent.items()
        ),
        "Peak memory is that of the largest process: for Spark its Java machine or the command, not both.",
    )


def _parquet(home: Path) -> dict[str, str]:
    release = (home / "releases" / "current").resolve()
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted((release / "parquet").glob("*.parquet"))
    }


@contextmanager
def _database() -> Iterator[str]:
    """A database of the part's own on the server that NOF_POSTGRES_URL names, and its address."""
    server = os.environ.get("NOF_POSTGRES_URL")
    if not server:
        raise ValueError("NOF_POSTGRES_URL names no server. `make bench` starts one.")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"drop database if exists {DATABASE}")
        admin.execute(
            f"create database {DATABASE} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
        )
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{DATABASE}"))
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"drop database if exists {DATABASE} with (force)")
