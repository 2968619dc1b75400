"""The project's own SQL of models/scoring, as dbt compiles it, on the inputs of a nation."""

import json
import threading
import time
from pathlib import Path

import duckdb

from benchmarks.scoring.rooms import BUILT, MADE_BEFORE, METHOD, QUERIES, RESULTS

# The models work on decimals; in the inputs, which all contestants share, the values are doubles.
_TYPES = {
    "metric_values": ("value_number", "published_score"),
    "oversight_values": ("value_number",),
}


def score(
    built: str, nation: str, work: str, memory_limit: str | None = None, on_disk: bool = False
) -> dict[str, float]:
    """Score a nation: each model a table, as in a build.

    Args:
        built: the folder with the compiled queries.
        nation: the folder with the inputs.
        work: a folder for the database file, and for what does not fit in memory.
        memory_limit: what DuckDB may take, for example `2GiB`; None for its own limit.
        on_disk: a database file, as `nof run` has one; without it tables in memory, as a data frame is.

    Returns:
        Seconds from the first input read to the last result: `all`, and of each model. `spilled_mib`: the
        most that lay in the temporary folder at a time. `file_mib`: the database file, where there is one.
    """
    folder = Path(work)
    folder.mkdir(parents=True)
    models = json.loads((Path(built) / QUERIES).read_text(encoding="utf-8"))
    took: dict[str, float] = {}
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
        open_inputs(connection, Path(nation))
        for model in scored_here(models):
            started = time.perf_counter()
            connection.execute(f"create table {model['relation']} as {model['query']}")
            took[model["name"]] = time.perf_counter() - started
        connection.execute("checkpoint")
        took["all"] = time.perf_counter() - began
        took["spilled_mib"] = spilled.most / 2**20
        if on_disk:
            took["file_mib"] = (folder / BUILT).stat().st_size / 2**20
    return took


def open_inputs(connection: duckdb.DuckDBPyConnection, nation: Path) -> None:
    """The inputs as the models name them: the method as tables, the rest as views."""
    for schema in ("framework", *sorted(set(MADE_BEFORE.values()))):
        connection.execute(f"create schema {schema}")
    for table in METHOD:
        connection.execute(f"create table framework.{table} as from '{nation / table}.parquet'")
    for table, room in MADE_BEFORE.items():
        exact = ", ".join(f"{name}::decimal(28, 10) as {name}" for name in _TYPES.get(table, ()))
        connection.execute(
            f"create view {room}.{table} as"
            f" select * {f'replace ({exact})' if exact else ''} from '{nation / table}.parquet'"
        )


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
