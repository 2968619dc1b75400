"""The two ways from the units of a score to the ends of its ranges, each to be run in a process of its own.

Both begin at `resampling_units`, `resampled_series` and `drawn_places` in a built database, and end with the ends
in a table: reading and writing are in the time of both.
"""

import time
from pathlib import Path
from typing import Any

from benchmarks.likely_ranges.built import models

DRAWN = ("resampling_patterns", "drawn_outcomes", "drawn_range_ends")


def in_sql(database: str) -> dict[str, float]:
    """The models in DuckDB. Seconds of each, in their order."""
    import duckdb  # noqa: PLC0415 - its import is no part of the time

    seconds = {}
    with duckdb.connect(database) as connection:
        for model in models(Path(database)):
            began = time.perf_counter()
            connection.execute(f"create or replace table {model.relation} as {model.query}")
            seconds[model.name] = time.perf_counter() - began
    return seconds


def in_numpy(database: str, threads: int) -> dict[str, float]:
    """The kernel. Seconds of reading, drawing and writing; the ends are in the table `kernel_ends`."""
    import duckdb  # noqa: PLC0415

    from benchmarks.likely_ranges.kernel import ranges  # noqa: PLC0415
    from benchmarks.likely_ranges.tables import read_series, write_ends  # noqa: PLC0415

    seconds: dict[str, float] = {}
    with duckdb.connect(database) as connection:
        began = time.perf_counter()
        series = read_series(connection)
        seconds["reading"] = time.perf_counter() - began
        began = time.perf_counter()
        ends = ranges(series, threads=threads)
        seconds["drawing"] = time.perf_counter() - began
        began = time.perf_counter()
        write_ends(connection, series, ends)
        seconds["writing"] = time.perf_counter() - began
    return seconds


def differing(database: str) -> dict[str, Any]:
    """How many ends there are in SQL, and how many of them the kernel has not, or has beside them."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect(database, read_only=True) as connection:
        one = "select series_number, outcome_kind, range_low, range_high from insight.drawn_range_ends"
        other = "select series_number, outcome_kind, range_low, range_high from kernel_ends"
        found = {
            "ends": f"select count(*) from ({one})",
            "only in SQL": f"select count(*) from ({one} except all {other})",
            "only in numpy": f"select count(*) from ({other} except all {one})",
        }
        return {name: (connection.execute(query).fetchone() or (None,))[0] for name, query in found.items()}
