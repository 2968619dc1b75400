"""The DuckDB file of a release: the schema `publication` of the build, and nothing else of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nof.release.errors import ReleaseRefused

if TYPE_CHECKING:
    import duckdb

SCHEMA = "publication"

_CONSTRAINTS = f"""
    select table_name, constraint_type, constraint_text, constraint_column_names
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
    """One publication table; `primary_key` also settles the order of its rows."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    comment: str | None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def order_by(self) -> str:
        """The primary key as a list for `order by`."""
        return ", ".join(quoted(name) for name in self.primary_key)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def open_database(path: Path, *, read_only: bool = True) -> "duckdb.DuckDBPyConnection":
    """Open a database on one thread: whatever the machine has, rows and files come out the same."""
    import duckdb  # noqa: PLC0415

    return duckdb.connect(path, read_only=read_only, config={"threads": 1})


def make_database(build_database: Path, target: Path) -> None:
    """Copy the publication tables of a build into a new file: their constraints, comments and rows.

    Rows lie in the order of the primary key. No other connection of this process may have the build file open
    for writing.

    Raises:
        ReleaseRefused: there is nothing to publish, a table has no primary key, or a view stands among the
            tables (a view would read what is not in the release).
    """
    with open_database(target, read_only=False) as connection:
        connection.execute(f"attach {literal(build_database)} as build (read_only)")
        connection.execute(f"create schema {SCHEMA}")
        _refuse_views(connection)
        for table in read_tables(connection, "build"):
            _copy_table(connection, table)
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
    keys = {
        name: tuple(columns)
        for name, kind, _, columns in connection.execute(_CONSTRAINTS, [catalog]).fetchall()
        if kind == "PRIMARY KEY"
    }
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
    return [Table(name, tuple(columns[name]), keys[name], comment) for name, comment in found]


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
    if table.comment is not None:
        connection.execute(f"comment on table {name} is {literal(table.comment)}")
    for column in table.columns:
        if column.comment is not None:
            connection.execute(f"comment on column {name}.{quoted(column.name)} is {literal(column.comment)}")
