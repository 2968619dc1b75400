"""The two ways from the published extract to sums by provider, each to be run in a process of its own."""

import time
from datetime import date
from pathlib import Path
from typing import Any

LANDED_ON = date(2026, 6, 1)


def by_landing(folder: str, home: str, database: str) -> dict[str, Any]:
    """The project's own way, as `nof run` goes it: from the zip to the landing table of a build database.

    Args:
        folder: holds the zip and nothing else.
        home: an empty home, in which nothing is landed.
        database: the file to make.

    Returns:
        Seconds of importing, of reading and judging the file, and of writing; and the rows of the file.
    """
    began = time.perf_counter()
    import duckdb  # noqa: PLC0415 - its import is measured

    from nof.home import Home  # noqa: PLC0415
    from nof.landing import land, write_landing  # noqa: PLC0415
    from nof.landing.publications import rtt_extract, rtt_groups, rtt_totals  # noqa: F401, PLC0415

    imported = time.perf_counter()
    landed = land(Home(Path(home)), [Path(folder)], today=LANDED_ON)
    read = time.perf_counter()
    with duckdb.connect(database) as connection:
        write_landing(connection, landed, framework_id=None, quarter_id=None)
    written = time.perf_counter()
    return {
        "importing": imported - began,
        "reading": read - imported,
        "writing": written - read,
        "rows": sum(file.row_count for file in landed.files),
    }


def by_query(csv: str, database: str, query: str) -> dict[str, Any]:
    """A bare query of DuckDB over the CSV, unzipped before, into the table `sums`; it checks nothing.

    Returns:
        Seconds of importing and of the query.
    """
    began = time.perf_counter()
    import duckdb  # noqa: PLC0415 - its import is measured

    imported = time.perf_counter()
    with duckdb.connect(database) as connection:
        connection.execute(f"create or replace table sums as {query}", [csv])
    return {"importing": imported - began, "query": time.perf_counter() - imported}
