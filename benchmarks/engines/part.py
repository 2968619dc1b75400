"""Measures a whole run of the bundled nation on each engine, and that the release is the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.engines.server import processor_seconds
from benchmarks.fresh import Spent, child
from benchmarks.measured import ROOT, Part, Settings, Table
from benchmarks.run.whole import COMPANIONS

DATABASE = "nof_bench"
ENGINES = ("duckdb", "postgres", "spark")
WHAT = """\
`nof run` on the bundled nation, once on each engine, from a fresh process to the promoted release, workbook
and site included: PostgreSQL {postgres} on this machine, with fsync {fsync} and else with its defaults;
Spark within the process, on the machine's own cores. With another engine than DuckDB seeds, staging, measures
and scoring are built there and brought back, and the rest is DuckDB's (`docs/guides/engines.md`). Nothing is
kept from an earlier run: each reads the project anew, and one on another engine twice, once for its own SQL.
The {files} Parquet files of all releases are the same, byte for byte.

A nation of 205 trusts is what DuckDB is made for, and what a distributed engine is not: what is seen here
is the fixed cost of the others."""


class Run(NamedTuple):
    """A whole run, and the processor seconds of the server beside it."""

    spent: Spent
    server: float


def measure(settings: Settings) -> Part:
    """Run on each engine, compare the releases, and give what each run cost."""
    engines = ENGINES[:2] if settings.is_quick else ENGINES
    with _database() as address:
        runs = {engine: _run(settings.scratch / engine, engine, address) for engine in engines}
        with psycopg.connect(address) as connection:
            told = {name: _setting(connection, name) for name in ("server_version", "fsync")}
    files = {engine: _parquet(settings.scratch / engine) for engine in engines}
    differing = [engine for engine in engines if files[engine] != files["duckdb"] or not files[engine]]
    if differing:
        raise ValueError(f"The release made over {', '.join(differing)} is not that of DuckDB.")
    postgres = told["server_version"].split()[0]
    return Part(
        key="engines",
        title="The same run on each engine",
        what=WHAT.format(files=len(files["duckdb"]), postgres=postgres, fsync=told["fsync"]),
        figures=(),
        tables=(_whole(runs), _steps(runs)),
    )


def _run(home: Path, engine: str, address: str) -> Run:
    for kept in (ROOT / "target" / "manifests").glob("*.msgpack"):
        kept.unlink()
    before = processor_seconds(address)
    environment = {"NOF_ENGINE_URL": address}
    spent = child("benchmarks.run.whole:run", str(home), [], engine, environment=environment)
    return Run(spent, processor_seconds(address) - before)


def _whole(runs: dict[str, Run]) -> Table:
    own = runs["duckdb"].spent.seconds
    return Table(
        "A whole run",
        ("engine", "s", "processor, s", "of the server, s", "peak memory, MiB", "times DuckDB's s"),
        tuple(
            (
                *(engine, round(spent.seconds, 1), round(spent.cpu_seconds, 1), round(server, 1)),
                *(round(spent.peak_mib), round(spent.seconds / own, 2)),
            )
            for engine, (spent, server) in runs.items()
        ),
        "Processor seconds are those of the command and of what it starts, as Spark's Java machine; those of "
        "the PostgreSQL server stand beside them. Peak memory is that of the largest process: for Spark its "
        "Java machine or the command, not both; the server's is not in it.",
    )


def _steps(runs: dict[str, Run]) -> Table:
    told = {engine: _seconds(run.spent) for engine, run in runs.items()}
    if any(list(seconds) != list(told["duckdb"]) for seconds in told.values()):
        raise ValueError(f"The runs tell of different steps: {told}")
    return Table(
        "Where the time goes, in seconds",
        ("step", *runs),
        tuple((name, *(round(told[engine][name], 2) for engine in runs)) for name in told["duckdb"]),
        "An engine is started after landing, within that step.",
    )


def _seconds(spent: Spent) -> dict[str, float]:
    """By step; the companions together."""
    found: dict[str, float] = {}
    for name, seconds, _, is_companion in spent.result["steps"]:
        step = COMPANIONS if is_companion else name
        found[step] = found.get(step, 0.0) + seconds
    return found


def _parquet(home: Path) -> dict[str, str]:
    release = (home / "releases" / "current").resolve()
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted((release / "parquet").glob("*.parquet"))
    }


def _setting(connection: "psycopg.Connection[tuple[str]]", name: str) -> str:
    row = connection.execute("select current_setting(%s)", [name]).fetchone()
    assert row is not None
    return row[0]


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
