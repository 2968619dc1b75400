"""The DuckDB file of a release: the schema `publication` of the build, and nothing else of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nof.described import DescribedTable
from nof.release.errors import ReleaseRefused
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

SCHEMA = "publication"
# What the file is written for, set and not left to the default of the DuckDB in hand. Clients from
# OLDEST_CLIENT on open it and read every table (tests/clients). Those before it cannot read a primary key
# that a newer DuckDB wrote, whatever the storage version; keys are worth more than clients of 2024.
STORAGE_VERSION = "v1.0.0"
OLDEST_CLIENT = "1.1.0"
# Bytes. Every key and every reference has an index with blocks of its own: with DuckDB's usual 256 KiB to a
# block the file is more than twice as large.
BLOCK_SIZE = 16_384

_CONSTRAINTS = f"""
    select table_name, constraint_type, constraint_text, constraint_column_names, referenced_table
    from duckdb_constraints()
    where database_name = ? and schema_name = '{SCHEMA}'
    order by all
"""


@dataclass(frozen=True)
class Column:
    """One column of a publication table, its type in DuckDB's words."""

    name: str
    data_type: str
    is_nullable: bool
    comment: str | None


@dataclass(frozen=True)
class Table:
    """One publication table; `primary_key` also settles the order of its rows.

    `refers_to` are the other tables that its foreign keys name.
    """

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    comment: str | None
    refers_to: frozenset[str] = frozenset()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def order_by(self) -> str:
        """The primary key as a list for `order by`."""
        return ", ".join(quoted(name) for name in self.primary_key)


def open_database(path: Path, *, read_only: bool = True) -> "duckdb.DuckDBPyConnection":
    """Open a database on one thread: whatever the machine has, rows and files come out the same.

    One that is made by opening it is made in STORAGE_VERSION, with blocks of BLOCK_SIZE.
    """
    import duckdb  # noqa: PLC0415

    made_for: dict[str, str | int] = (
        {}
        if read_only
        else {"storage_compatibility_version": STORAGE_VERSION, "default_block_size": BLOCK_SIZE}
    )
    return duckdb.connect(path, read_only=read_only, config={"threads": 1, **made_for})


def make_database(build_database: Path, target: Path, described: Mapping[str, DescribedTable]) -> None:
    """Copy the publication tables of a build into a new file: their constraints and rows, and what they mean.

    Tables come after those that they refer to, and rows lie in the order of the primary key: every key,
    reference and check is enforced anew while they are written. No other connection of this process may have
    the build file open for writing.

    Args:
        build_database: the build's DuckDB file.
        target: the file to make.
        described: what the models say of each table, which becomes its comments; where they say nothing the
            build's own comment stays.

    Raises:
        ReleaseRefused: there is nothing to publish, a table has no primary key, or a view stands among the
            tables (a view would read what is not in the release).
    """
    with open_database(target, read_only=False) as connection:
        connection.execute(f"attach {literal(build_database)} as build (read_only)")
        _refuse_views(connection)
        connection.execute("begin")  # each statement would otherwise wait for the disk by itself
        connection.execute(f"create schema {SCHEMA}")
        for table in parents_first(read_tables(connection, "build")):
            _copy_table(connection, table)
            _comment(connection, table, described.get(table.name))
        connection.execute("commit")
        catalog = connection.execute("select current_database()").fetchall()[0][0]
        wanted = connection.execute(_CONSTRAINTS, ["build"]).fetchall()
        if connection.execute(_CONSTRAINTS, [catalog]).fetchall() != wanted:
            raise ReleaseRefused(f"The constraints in {target} are not those of {build_database}.")
        connection.execute("detach build")
        connection.execute("checkpoint")


def read_tables(connection: "duckdb.DuckDBPyConnection", catalog: str) -> list[Table]:
    """The publication tables of an attached database, by name.

    Raises:
        ReleaseRefused: there are none, or one has no primary key.
    """
    keys: dict[str, tuple[str, ...]] = {}
    referred: dict[str, set[str]] = {}
    for name, kind, _, key, parent in connection.execute(_CONSTRAINTS, [catalog]).fetchall():
        if kind == "PRIMARY KEY":
            keys[name] = tuple(key)
        elif kind == "FOREIGN KEY":
            referred.setdefault(name, set()).add(parent)
    columns: dict[str, list[Column]] = {}
    for name, *column in connection.execute(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where database_name = ? and schema_name = ? order by table_name, column_index",
        [catalog, SCHEMA],
    ).fetchall():
        columns.setdefault(name, []).append(Column(*column))
    found = connection.execute(
        "select table_name, comment from duckdb_tables() "
        "where database_name = ? and schema_name = ? order by table_name",
        [catalog, SCHEMA],
    ).fetchall()
    if not found:
        raise ReleaseRefused(f"The build holds no table in the schema {SCHEMA}: there is nothing to release.")
    keyless = [name for name, _ in found if name not in keys]
    if keyless:
        raise ReleaseRefused(
            f"No primary key in {SCHEMA}: {', '.join(keyless)}. Name its grain in the contract of the model."
        )
    return [
        Table(name, tuple(columns[name]), keys[name], comment, frozenset(referred.get(name, ())))
        for name, comment in found
    ]


def parents_first(tables: Sequence[Table]) -> list[Table]:
    """The tables in an order in which each follows all that it refers to; otherwise by name.

    Raises:
        ReleaseRefused: tables refer to each other in a circle, so that none of them can come first.
    """
    waiting = sorted(tables, key=lambda table: table.name)
    placed: dict[str, Table] = {}
    while waiting:
        ready = [table for table in waiting if not table.refers_to - placed.keys() - {table.name}]
        if not ready:
            names = ", ".join(table.name for table in waiting)
            raise ReleaseRefused(
                f"Foreign keys of {names} go round in a circle, or to a table that is not there."
            )
        placed[ready[0].name] = ready[0]
        waiting.remove(ready[0])
    return list(placed.values())


def _refuse_views(connection: "duckdb.DuckDBPyConnection") -> None:
    views = connection.execute(
        "select view_name from duckdb_views() where database_name = 'build' and schema_name = ? order by 1",
        [SCHEMA],
    ).fetchall()
    if views:
        names = ", ".join(name for (name,) in views)
        raise ReleaseRefused(f"Views in {SCHEMA}: {names}. A release holds tables only: materialise them.")


def _copy_table(connection: "duckdb.DuckDBPyConnection", table: Table) -> None:
    statement = connection.execute(
        "select sql from duckdb_tables() "
        "where database_name = 'build' and schema_name = ? and table_name = ?",
        [SCHEMA, table.name],
    ).fetchall()[0][0]
    connection.execute(statement)
    name = f"{SCHEMA}.{quoted(table.name)}"
    connection.execute(f"insert into {name} select * from build.{name} order by {table.order_by}")


def _comment(connection: "duckdb.DuckDBPyConnection", table: Table, described: DescribedTable | None) -> None:
    """Write what a table and its columns mean into the file, where every client shows it."""
    name = f"{SCHEMA}.{quoted(table.name)}"
    meanings = {column.name: column.comment for column in described.columns} if described else {}
    statements = [("table", name, described.comment if described else table.comment)]
    statements += [
        ("column", f"{name}.{quoted(column.name)}", meanings.get(column.name) or column.comment)
        for column in table.columns
    ]
    for kind, place, text in statements:
        if text is not None:
            connection.execute(f"comment on {kind} {place} is {literal(text)}")
