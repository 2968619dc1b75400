"""Asks a release, in the database file or in its Parquet files, and says what it took."""

import time
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.readers.questions import QUESTIONS

if TYPE_CHECKING:
    import duckdb


def cold(folder: str, form: str, question: str) -> dict[str, Any]:
    """One question in a process that has asked nothing yet.

    Args:
        folder: of the release.
        form: `database` or `parquet`.
        question: of QUESTIONS.

    Returns:
        Seconds of importing DuckDB, of opening the release, and from opening it to the last row.
    """
    began = time.perf_counter()
    import duckdb  # noqa: F401, PLC0415 - its import is measured

    imported = time.perf_counter()
    with opened(Path(folder), form) as connection:
        opening = time.perf_counter() - imported
        connection.execute(QUESTIONS[question]).fetchall()
        seconds = time.perf_counter() - imported
    return {"importing": imported - began, "opening": opening, "seconds": seconds}


def warm(folder: str, form: str, times: int) -> dict[str, dict[str, Any]]:
    """Every question, again and again in one process.

    Returns:
        For each the median seconds to the last row, the number of rows, and a hash of them.
    """
    found = {}
    with opened(Path(folder), form) as connection:
        for question, query in QUESTIONS.items():
            seconds = []
            rows: list[tuple[Any, ...]] = []
            for _ in range(times + 1):
                began = time.perf_counter()
                rows = connection.execute(query).fetchall()
                seconds.append(time.perf_counter() - began)
            found[question] = {
                "seconds": median(seconds[1:]),
                "rows": len(rows),
                "hash": sha256(repr(rows).encode()).hexdigest(),
            }
    return found


def opened(folder: Path, form: str) -> "duckdb.DuckDBPyConnection":
    """A connection in which the tables of the release have their own names."""
    import duckdb  # noqa: PLC0415

    if form == "database":
        connection = duckdb.connect(folder / "nof.duckdb", read_only=True)
        connection.execute("use publication")
        return connection
    connection = duckdb.connect()
    for path in sorted((folder / "parquet").glob("*.parquet")):
        # A reader names the files that a question is about; a view of one that is not asked costs little.
        if any(path.stem in query for query in QUESTIONS.values()):
            connection.execute(f"create view {path.stem} as from read_parquet('{path}')")
    return connection
