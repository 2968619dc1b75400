"""The project's own SQL of models/scoring, as dbt compiles it, on the inputs of a nation."""

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.scoring.rooms import BUILT, MADE_BEFORE, METHOD, QUERIES, RESULTS

# The models work on decimals; in the inputs, which all contestants share, the values are doubles.
_TYPES = {
    "metric_values": ("value_number", "published_score"),
    "oversight_values": ("value_number",),
}
# What counts as an identifier, for polars too (polars_inputs.py).
_IDENTIFIERS = ("_id", "_code")


def score(
    built: str,
    nation: str,
    work: str,
    memory_limit: str | None = None,
    ways: Sequence[str] = (),
) -> dict[str, float]:
    """Score a nation: each model a table, as in a build.

    Args:
        built: the folder with the compiled queries.
        nation: the folder with the inputs.
        work: a folder for the database file, and for what does not fit in memory.
        memory_limit: what DuckDB may take, for example `2GiB`; None for its own limit.
        ways: `file` for a database file, as `nof run` has one; without it tables in memory, as a data frame
            is. `categories` for identifiers as one ENUM, as polars has them; a run has them as text.

    Returns:
        Seconds from the first input read to the last result: `all`, and of each model. `copied`: seconds for
        writing the tables in memory once more as they are, after the clock has stopped. `spilled_mib`: the
        most that lay in the temporary folder at a time. `file_mib`: the database file, where there is one.
    """
    folder = Path(work)
    folder.mkdir(parents=True)
    models = json.loads((Path(built) / QUERIES).read_text(encoding="utf-8"))
    took: dict[str, float] = {}
    on_disk = "file" in ways
    began = time.perf_counter()
    with _Spilled(folder / "spilled") as spilled, duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{spilled.folder}'")
        if memory_limit:
            connection.execute(f"set memory_limit = '{memory_limit}'")
        # The queries name their database.
        place = folder / BUILT if on_disk else ":memory:"
        connection.execute(f"attach '{place}' as {Path(BUILT).stem}")
        connection.execute(f"use {Path(BUILT).stem}")
        open_inputs(connection, Path(nation), "categories" in ways)
        for model in scored_here(models):
            started = time.perf_counter()
            connection.execute(f"create table {model['relation']} as {model['query']}")
            took[model["name"]] = time.perf_counter() - started
        connection.execute("checkpoint")
        took["all"] = time.perf_counter() - began
        took["spilled_mib"] = spilled.most / 2**20
        if on_disk:
            took["file_mib"] = (folder / BUILT).stat().st_size / 2**20
        else:
            took["copied"] = _copied(connection, [model["relation"] for model in scored_here(models)])
    return took


def differing_with_categories(built: str, nation: str, work: str) -> int:
    """Score with identifiers as text and as categories; how many rows of the results are in one alone.

    Raises:
        ValueError: a result has no row.
    """
    folders = {"own": Path(work) / "text", "other": Path(work) / "categories"}
    score(built, nation, str(folders["own"]), None, ("file",))
    score(built, nation, str(folders["other"]), None, ("file", "categories"))
    differing = 0
    with duckdb.connect(config={"threads": 2}) as connection:
        for name, folder in folders.items():
            connection.execute(f"attach '{folder / BUILT}' as {name} (read_only)")
        for table, (key, columns) in RESULTS.items():
            names = ", ".join(f"{column}::varchar" for column in (*key, *columns))
            both = [f"select {names} from {name}.scoring.{table}" for name in folders]
            counted = " union all ".join(
                f"select count(*) as rows from ({one} except all {other})"
                for one, other in (both, both[::-1])
            )
            found = connection.execute(
                f"select sum(rows), (select count(*) from own.scoring.{table}) from ({counted})"
            ).fetchone()
            if not found or not found[1]:
                raise ValueError(f"{table} has no row: there is nothing to compare.")
            differing += int(found[0])
    return differing


def open_inputs(connection: duckdb.DuckDBPyConnection, nation: Path, with_categories: bool = False) -> None:
    """The inputs as the models name them: the method as tables, the rest as views."""
    for schema in ("framework", *sorted(set(MADE_BEFORE.values()))):
        connection.execute(f"create schema {schema}")
    categories = make_categories(connection, nation) if with_categories else {}
    for table in METHOD:
        connection.execute(
            f"create table framework.{table} as {_read(nation, table, categories.get(table, {}))}"
        )
    for table, room in MADE_BEFORE.items():
        types = dict.fromkeys(_TYPES.get(table, ()), "decimal(28, 10)") | categories.get(table, {})
        connection.execute(f"create view {room}.{table} as {_read(nation, table, types)}")


def make_categories(connection: duckdb.DuckDBPyConnection, nation: Path) -> dict[str, dict[str, str]]:
    """One ENUM of all identifiers in the inputs; gives its columns by table."""
    columns = {}
    for table in (*METHOD, *MADE_BEFORE):
        described = connection.execute(f"describe from '{nation / table}.parquet'").fetchall()
        columns[table] = {
            name: "main.identifier"
            for name, kind, *_ in described
            if kind == "VARCHAR" and name.endswith(_IDENTIFIERS)
        }
    every = " union ".join(
        f"select {name} as identifier from '{nation / table}.parquet'"
        for table, names in columns.items()
        for name in names
    )
    connection.execute(
        f"create type main.identifier as enum (select * from ({every}) where identifier is not null)"
    )
    return columns


def _read(nation: Path, table: str, types: dict[str, str]) -> str:
    replaced = ", ".join(f"{name}::{kind} as {name}" for name, kind in types.items())
    return f"select * {f'replace ({replaced})' if replaced else ''} from '{nation / table}.parquet'"


def _copied(connection: duckdb.DuckDBPyConnection, relations: list[str]) -> float:
    started = time.perf_counter()
    for relation in relations:
        connection.execute(f"create or replace table main.copied as from {relation}")
    return time.perf_counter() - started


def scored_here(models: list[dict[str, str]]) -> list[dict[str, str]]:
    """The models of models/scoring that stand on the inputs and that a result stands on, parents first."""
    by_name = {model["name"]: model for model in models}
    wanted: set[str] = set()
    waiting = list(RESULTS)
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in wanted and name not in MADE_BEFORE:
            wanted.add(name)
            waiting.extend(by_name[name]["parents"])
    return [model for model in models if model["name"] in wanted]


class _Spilled:
    """Watches a temporary folder: the most bytes that were in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.most = 0
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Spilled":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.05):
            try:
                self.most = max(self.most, sum(path.stat().st_size for path in self.folder.glob("*")))
            except FileNotFoundError:
                continue
