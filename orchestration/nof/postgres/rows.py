"""The rows on their way: out of the release as CSV, into the server by COPY, and back again for comparison.

The text of a row is the same on both sides: text in quotes, null as nothing, numbers with every place of
their type, `t` and `f`, rows in the order of the primary key by bytes. So one hash proves a table cell by
cell.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import sql

from nof.files import sha256_of
from nof.postgres.layout import STATE, TABLES, Layout, ServerColumn, ServerTable
from nof.postgres.source import Source
from nof.postgres.target import PushRefused
from nof.release.database import open_database
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb
    import psycopg

    Cursor = psycopg.Cursor[tuple[object, ...]]

BYTES_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Exported:
    """The rows of one table as CSV in a file, counted and hashed."""

    table: ServerTable
    path: Path
    row_count: int
    sha256: str


def export(source: Source, read: "Callable[[duckdb.DuckDBPyConnection], Layout]", folder: Path) -> "Export":
    """Write the rows of every table of a release as CSV, and beside them what the push says of itself.

    Args:
        source: the release.
        read: makes the layout from the open release.
        folder: where the files go.

    Raises:
        PushRefused: the release does not hold the rows that its manifest counts, or has a type that the
            server has not.
    """
    with open_database(source.database) as connection:
        layout = read(connection)
        exported = [_export(connection, table, folder) for table in layout.tables]
        found = {each.table.name: each.row_count for each in exported}
        if found != dict(source.row_counts):
            wrong = sorted(
                name
                for name in found.keys() | source.row_counts.keys()
                if found.get(name) != source.row_counts.get(name)
            )
            raise PushRefused(
                f"{source.database} does not hold the rows that its manifest counts: {', '.join(wrong)}."
            )
        own = [
            _export(connection, table, folder)
            for table in (_write_state(connection, source), _write_tables(connection, exported))
        ]
    return Export((*exported, *own), layout.not_carried)


@dataclass(frozen=True)
class Export:
    """Everything that goes to the server, in files, and the checks that it cannot be given."""

    tables: tuple[Exported, ...]
    not_carried: tuple[str, ...]

    def of(self, tables: Sequence[ServerTable]) -> list[Exported]:
        """The rows of some of the tables, in their order."""
        by_name = {each.table.name: each for each in self.tables}
        return [by_name[table.name] for table in tables]

    @property
    def row_count(self) -> int:
        """The rows of the release: of every table but the two that the push writes of itself."""
        return sum(each.row_count for each in self.tables if each.table.name not in {STATE, TABLES})


def load(cursor: "Cursor", into: sql.Identifier, exported: Exported, *, is_frozen: bool = False) -> None:
    """Copy the rows of a table into one of the server's.

    Args:
        cursor: in a transaction.
        into: the table, its columns named as in the release.
        exported: the rows.
        is_frozen: whether transactions that began before this one see them as well; only for a table that was
            made in this transaction.
    """
    statement = sql.SQL("copy {} ({}) from stdin (format csv, freeze {})").format(
        into, names(exported.table.column_names), sql.SQL("true" if is_frozen else "false")
    )
    with cursor.copy(statement) as copy, exported.path.open("rb") as file:
        while block := file.read(BYTES_AT_ONCE):
            copy.write(block)


def holds(cursor: "Cursor", table: sql.Identifier, exported: Exported) -> bool:
    """Read a table of the server whole: whether it holds the rows of the release, cell by cell."""
    texts = [column.name for column in exported.table.columns if column.data_type == "text"]
    force = sql.SQL(", force_quote ({})").format(names(texts)) if texts else sql.SQL("")
    statement = sql.SQL("copy (select {} from {} order by {}) to stdout (format csv{})").format(
        names(exported.table.column_names),
        table,
        sql.SQL(", ").join(_order(exported.table)),
        force,
    )
    digest = hashlib.sha256()
    with cursor.copy(statement) as copy:
        for block in copy:
            digest.update(block)
    return digest.hexdigest() == exported.sha256


def prove(cursor: "Cursor", schema: str, exported: Sequence[Exported]) -> None:
    """Read every table back and compare it with what was to go there.

    Raises:
        PushRefused: a cell differs, or a row is missing or too many.
    """
    wrong = [
        each.table.name
        for each in exported
        if not holds(cursor, sql.Identifier(schema, each.table.name), each)
    ]
    if wrong:
        raise PushRefused(
            f"What the server holds is not what went there: {', '.join(wrong)}. Something on the "
            "server changes rows as they are written: a trigger, a rule or a policy, for example."
        )


def names(columns: Sequence[str]) -> sql.Composed:
    """Columns as SQL lists them."""
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _order(table: ServerTable) -> list[sql.Composable]:
    types = {column.name: column.data_type for column in table.columns}
    return [
        sql.SQL('{} collate pg_catalog."C"' if types[name] == "text" else "{}").format(sql.Identifier(name))
        for name in table.primary_key
    ]


def _export(connection: "duckdb.DuckDBPyConnection", table: ServerTable, folder: Path) -> Exported:
    path = folder / f"{table.name}.csv"
    columns = ", ".join(_text_of(column) for column in table.columns)
    order = ", ".join(quoted(name) for name in table.primary_key)
    texts = ", ".join(quoted(column.name) for column in table.columns if column.data_type == "text")
    force = f", force_quote ({texts})" if texts else ""
    written = connection.execute(
        f"copy (select {columns} from {table.source} order by {order}) to {literal(path)} "
        f"(format csv, header false, nullstr ''{force})"
    ).fetchall()
    return Exported(table, path, int(written[0][0]), sha256_of(path))


def _text_of(column: ServerColumn) -> str:
    name = quoted(column.name)
    if column.data_type != "boolean":
        return name
    return f"case when {name} then 't' when not {name} then 'f' end as {name}"


def _write_state(connection: "duckdb.DuckDBPyConnection", source: Source) -> ServerTable:
    """The one row that says which release this is, and what had happened to it when it was pushed."""
    columns = (
        ServerColumn("release_id", "text", True, "The release, as the home that made it names it."),
        ServerColumn("quarter_id", "text", True, "Its newest quarter."),
        ServerColumn("framework_id", "text", True, "The framework it was made under."),
        ServerColumn("is_bundled", "boolean", True, "Whether its figures are the invented nation's."),
        ServerColumn("released_date", "date", False, "The day from which its figures are known."),
        ServerColumn(
            "state",
            "text",
            True,
            "What its home said of it when it was pushed: provisional, final, superseded.",
        ),
        ServerColumn("home_key", "text", True, "The same for all releases of one home, and of no other."),
        ServerColumn("release_order", "bigint", True, "Number of the event with which its home released it."),
        ServerColumn("event_number", "bigint", True, "Number of the last event known when it was pushed."),
        ServerColumn("manifest_sha256", "text", True, "Hash of its manifest, and so of every file in it."),
    )
    values = [
        source.release_id,
        source.quarter_id,
        source.framework_id,
        source.is_bundled,
        source.released_date,
        source.state,
        source.home_key,
        source.order,
        source.event_number,
        source.manifest_sha256,
    ]
    return _own(
        connection,
        ServerTable(
            STATE,
            columns,
            primary_key=("release_id",),
            source=f"temp.{STATE}",
            comment="Which release is here. One row. It changes in one transaction with every other table.",
        ),
        [values],
    )


def _write_tables(connection: "duckdb.DuckDBPyConnection", exported: Sequence[Exported]) -> ServerTable:
    """One row for each table of the release: what is ours in this schema, and how to prove it."""
    columns = (
        ServerColumn("table_name", "text", True, "A table of the release."),
        ServerColumn("row_count", "bigint", True, "Its rows."),
        ServerColumn("csv_sha256", "text", True, "Hash of its rows, as the push reads them back."),
    )
    return _own(
        connection,
        ServerTable(
            TABLES,
            columns,
            primary_key=("table_name",),
            source=f"temp.{TABLES}",
            comment="The tables of the release that is here. One row per table.",
        ),
        [[each.table.name, each.row_count, each.sha256] for each in exported],
    )


def _own(
    connection: "duckdb.DuckDBPyConnection", table: ServerTable, rows: Sequence[Sequence[object]]
) -> ServerTable:
    types = {"text": "varchar"}
    columns = ", ".join(
        f"{column.name} {types.get(column.data_type, column.data_type)}" for column in table.columns
    )
    connection.execute(f"create temp table {table.name} ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    connection.executemany(f"insert into {table.source} values ({marks})", rows)
    return table
