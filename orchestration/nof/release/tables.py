"""The publication tables beside the DuckDB file: each as Parquet, and each that is tidy as CSV."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.release.database import SCHEMA, Table, literal, quoted

if TYPE_CHECKING:
    import duckdb

# One row group for the largest table of a national year (under 100,000 rows), with room for a hundred years.
ROWS_PER_GROUP = 10_000_000
ROWS_PER_BATCH = 10_000


def write_parquet(connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path) -> None:
    """Write one table as Parquet, rows in the order of the primary key, settings fixed."""
    connection.execute(
        f"copy (select * from {SCHEMA}.{quoted(table.name)} order by {table.order_by}) "
        f"to {literal(folder / f'{table.name}.parquet')} "
        f"(format parquet, compression zstd, row_group_size {ROWS_PER_GROUP})"
    )


def write_tidy_csv(connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path) -> None:
    """Write one table as RFC 4180 asks: UTF-8 without a byte order mark, CRLF, quotes where needed.

    Figures are text as SQL casts them, so that a decimal keeps every place of its type; a null is empty.
    """
    columns = ", ".join(f"cast({quoted(name)} as varchar)" for name in table.column_names)
    result = connection.execute(
        f"select {columns} from {SCHEMA}.{quoted(table.name)} order by {table.order_by}"
    )
    batches = iter(lambda: result.fetchmany(ROWS_PER_BATCH), [])
    rows = (row for batch in batches for row in batch)
    write_csv(folder / f"{table.name}.csv", table.column_names, rows, encoding="utf-8")


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str | None]], *, encoding: str
) -> None:
    """Write a header and rows of text with CRLF line ends, empty where there is nothing."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
