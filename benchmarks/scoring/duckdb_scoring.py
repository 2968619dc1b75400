"""The project's own SQL of models/scoring, as dbt compiles it, on the inputs of a nation."""

import json
import time
from pathlib import Path

import duckdb

from benchmarks.scoring.nation import BUILT, QUERIES
from benchmarks.scoring.rooms import MADE_BEFORE, METHOD, RESULTS

# The models write decimals; in the inputs, which are shared, the numbers are doubles.
_TYPES = {"value_number": "decimal(28, 10)", "published_score": "decimal(28, 10)"}
_SETTINGS = (
    "set threads = 2",
    "set preserve_insertion_order = false",
)


def score(
    built: str, nation: str, work: str, memory_limit: str | None = None, results: str | None = None
) -> dict[str, float]:
    """Score a nation into a database file.

    Args:
        built: the folder with the compiled queries.
        nation: the folder with the inputs.
        work: a folder for the database file and for what does not fit in memory.
        memory_limit: for example 2GiB; None for DuckDB's own (four fifths of the machine).
        results: a folder for the results as Parquet, written after the clock has stopped.

    Returns:
        Seconds from the first input read to the last result in the closed file; of each model; the most that was
        spilled, in MiB.
    """
    folder = Path(work)
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / BUILT
    queries = {each["name"]: each for each in json.loads((Path(built) / QUERIES).read_text(encoding="utf-8"))}
    took: dict[str, float] = {}
    began = time.perf_counter()
    with duckdb.connect(str(database)) as connection:
        for setting in (*_SETTINGS, f"set temp_directory = '{folder / 'spilled'}'"):
            connection.execute(setting)
        if memory_limit:
            connection.execute(f"set memory_limit = '{memory_limit}'")
        open_inputs(connection, Path(nation))
        for name, model in queries.items():
            if "scoring" in model["relation"] and name not in MADE_BEFORE and _is_wanted(name, queries):
                from_here = time.perf_counter()
                connection.execute(f"create table {model['relation']} as {model['query']}")
                took[name] = time.perf_counter() - from_here
        connection.execute("checkpoint")
    took["all"] = time.perf_counter() - began
    if results:
        write_results(database, Path(results))
    return took
