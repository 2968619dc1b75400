"""The publication tables beside the DuckDB file: each as Parquet, and each that is tidy as CSV."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.release.database import SCHEMA, Table
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

# One row group for the largest table of a national year (under 100,000 rows), with room for a hundred years.
ROWS_PER_GROUP = 10_000_000
ROWS_PER_BATCH = 10_000
_QUOTE = '"'


def write_parquet(
    connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path, about: Mapping[str, str]
) -> None:
    """Write one table as Parquet, rows in the order of the primary key, settings fixed.

    Args:
        connection: the release's database.
        table: the table.
        folder: where the file goes.
        about: what the file says of its release, as key-value metadata; beside it stands what the table and,
            as JSON under `columns`, each column means.
    """
    meanings = {column.name: column.comment or "" for column in table.columns}
    said = {
        **about,
        "table": table.name,
        "description": table.comment or "",
        "columns": json.dumps(meanings, ensure_ascii=False),
    }
    connection.execute(
        f"copy (select * from {SCHEMA}.{quoted(table.name)} order by {table.order_by}) "
        f"to {literal(folder / f'{table.name}.parquet')} "
        f"(format parquet, compression zstd, row_group_size {ROWS_PER_GROUP}, kv_metadata {{"
        + ", ".join(f"{quoted(key)}: {literal(text)}" for key, text in said.items())
        + "})"
    )


def write_tidy_csv(connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path) -> None:
    """Write one table as RFC 4180 asks: UTF-8 without a byte order mark, CRLF, quotes where needed.

    Figures are text as SQL casts them, so that a decimal keeps every place of its type. For a null there is
    nothing between the commas, for empty text there are two quotes.
    """
    columns = ", ".join(f"cast({quoted(name)} as varchar)" for name in table.column_names)
    result = connection.execute(
        f"select {columns} from {SCHEMA}.{quoted(table.name)} order by {table.order_by}"
    )
    batches = iter(lambda: result.fetchmany(ROWS_PER_BATCH), [])
    rows = (row for batch in batches for row in batch)
    write_csv(folder / f"{table.name}.csv", table.column_names, rows, encoding="utf-8", marks_empty_text=True)


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    *,
    encoding: str,
    marks_empty_text: bool = False,
) -> None:
    """Write a header and rows of text with CRLF line ends, empty where there is nothing.

    Args:
        path: the file.
        header: the headings.
        rows: text, or None.
        encoding: of the file.
        marks_empty_text: whether empty text is written as two quotes, so that it is not taken for None.
    """
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        if not marks_empty_text:
            writer.writerows(rows)
            return
        for row in rows:
            if "" in row:
                file.write(_with_empty_text(row))
            else:
                writer.writerow(row)


def _with_empty_text(row: Sequence[str | None]) -> str:
    """A line of CSV with every text in quotes; the csv module can only do it from Python 3.12 on."""
    return ",".join("" if cell is None else f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' for cell in row) + "\r\n"


def count_csv_rows(path: Path) -> int:
    """Rows of a CSV without its header; a line break inside a quoted cell is not a row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
