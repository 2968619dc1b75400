"""A release of forty quarters: the bundled nation's four and the same again for each of nine years before.

Only the rows are multiplied. Database, keys, references, comments, order of rows, block size, Parquet and its
compression are made by the statements of a release.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.release.database import BLOCK_SIZE, SCHEMA, Table, open_database, parents_first, read_tables
from nof.release.tables import write_parquet
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

NEWEST_YEAR = 2025
# Columns that say which quarter or year a row is of.
TOLD_BY_NAME = ("quarter_id", "quarter_label", "financial_year_label")


def make(release: str, target: str, years: int) -> dict[str, int]:
    """Make `nof.duckdb` and `parquet/` in a folder.

    Args:
        release: a release of the bundled nation.
        target: the folder.
        years: how many there are to be, the newest as it is.

    Returns:
        Rows and quarters of fct_metric; bytes of the file, of one with these rows and no key, of all Parquet
        files, and of those of the release itself.
    """
    folder, source = Path(target), Path(release) / "nof.duckdb"
    parquet = folder / "parquet"
    parquet.mkdir(parents=True)
    with open_database(folder / "nof.duckdb", read_only=False) as connection:
        connection.execute(f"attach {literal(source)} as build (read_only)")
        connection.execute("begin")
        connection.execute(f"create schema {SCHEMA}")
        tables = parents_first(read_tables(connection, "build"))
        statements = dict(
            connection.execute(
                "select table_name, sql from duckdb_tables() where database_name = 'build'"
            ).fetchall()
        )
        for table in tables:
            connection.execute(statements[table.name])
            connection.execute(f"insert into {SCHEMA}.{quoted(table.name)} {rows_of(table, years)}")
            for column in table.columns:
                if column.comment is not None:
                    place = f"{SCHEMA}.{quoted(table.name)}.{quoted(column.name)}"
                    connection.execute(f"comment on column {place} is {literal(column.comment)}")
        connection.execute("commit")
        connection.execute("detach build")
        connection.execute("checkpoint")
        for table in tables:
            write_parquet(connection, table, parquet, {})
        bare = _without_keys(connection, tables, folder / "bare.duckdb")
        rows, quarters = connection.execute(
            f"select count(*), count(distinct quarter_id) from {SCHEMA}.fct_metric"
        ).fetchall()[0]
    return {
        "rows": rows,
        "quarters": quarters,
        "bytes": (folder / "nof.duckdb").stat().st_size,
        "bytes_without_keys": bare,
        "parquet_bytes": sum(path.stat().st_size for path in parquet.iterdir()),
        "bytes_of_four": source.stat().st_size,
        "parquet_bytes_of_four": sum(path.stat().st_size for path in (Path(release) / "parquet").iterdir()),
    }


def _without_keys(connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table], path: Path) -> int:
    """Bytes of a file with the same rows, in blocks of the same size, and no key, reference or comment."""
    connection.execute(f"attach {literal(path)} as bare (block_size {BLOCK_SIZE})")
    for table in tables:
        rows = f"select * from {SCHEMA}.{quoted(table.name)} order by {table.order_by}"
        connection.execute(f"create table bare.main.{quoted(table.name)} as {rows}")
    connection.execute("detach bare")
    return path.stat().st_size


def rows_of(table: Table, years: int) -> str:
    """The rows of a table in the order of its key: of every year where the key has the quarter, else once."""
    name = f"build.{SCHEMA}.{quoted(table.name)}"
    if "quarter_id" not in table.primary_key:
        return f"select * from {name} order by {table.order_by}"
    columns = ", ".join(
        shifted(column.name, column.data_type, table.name) + f" as {quoted(column.name)}"
        for column in table.columns
    )
    return f"select {columns} from {name} cross join range({years}) as years (back) order by {table.order_by}"


def shifted(column: str, data_type: str, table: str) -> str:
    """A column as it would be so many years before."""
    name = quoted(column)
    if data_type == "VARCHAR" and column.endswith(TOLD_BY_NAME):
        for mark in "-/":
            now = literal(year_label(mark, str(NEWEST_YEAR), str((NEWEST_YEAR + 1) % 100)))
            name = f"replace({name}, {now}, {then(mark)})"
        return name
    if data_type == "DATE" and table == "dim_quarter":
        return f"cast({name} - to_years(cast(back as integer)) as date)"
    return name


def year_label(mark: str, first: str, second: str) -> str:
    """A year as identifiers (2025-26) or labels (2025/26) write it."""
    return f"{first}{mark}{second}"


def then(mark: str) -> str:
    """SQL for the label of the year that lies `back` years before the newest."""
    second = f"lpad(cast(({NEWEST_YEAR} + 1 - back) % 100 as varchar), 2, '0')"
    return f"({NEWEST_YEAR} - back) || '{mark}' || {second}"
