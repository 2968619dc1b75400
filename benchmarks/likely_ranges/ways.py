"""The two ways from the units of a score to the ends of its ranges, each to be run in a process of its own.

Both begin at `resampling_units`, `resampled_series` and `drawn_places` in a built database, and end with the
ends in a table: reading and writing are in the time of both.
"""

import time
from pathlib import Path

from benchmarks.likely_ranges.built import models

# From patterns of draws to the ends of every range: what the kernel does.
DRAWN = ("resampling_patterns", "drawn_outcomes", "drawn_range_ends")


def in_sql(database: str, is_whole: bool) -> dict[str, float]:
    """The models in DuckDB, those of DRAWN or all that make the ranges. Seconds of each, in their order."""
    import duckdb  # noqa: PLC0415 - its import is no part of the time

    seconds = {}
    with duckdb.connect(database) as connection:
        for model in models(Path(database)):
            if is_whole or model.name in DRAWN:
                began = time.perf_counter()
                connection.execute(f"create or replace table {model.relation} as {model.query}")
                seconds[model.name] = time.perf_counter() - began
    return seconds


def in_numpy(database: str, threads: int) -> dict[str, float]:
    """The kernel. Seconds of reading, drawing and writing; the ends are in the table `kernel_ends`."""
    import duckdb  # noqa: PLC0415

    from benchmarks.likely_ranges.kernel import ranges  # noqa: PLC0415
    from benchmarks.likely_ranges.tables import read_series, write_ends  # noqa: PLC0415

    with duckdb.connect(database) as connection:
        began = time.perf_counter()
        series = read_series(connection)
        read = time.perf_counter()
        ends = ranges(series, threads=threads)
        drawn = time.perf_counter()
        write_ends(connection, series, ends)
        written = time.perf_counter()
    return {"reading": read - began, "drawing": drawn - read, "writing": written - drawn}
