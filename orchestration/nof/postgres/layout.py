"""What a release looks like on the server: tables in PostgreSQL's types, keys, checks and comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from nof.postgres.checks import translate_check
from nof.postgres.target import PushRefused
from nof.release.database import SCHEMA, Table, read_tables
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb

STATE = "release_state"
TABLES = "release_table"
# The same values and the same text for each of them. A type that is not here has no exact counterpart.
_TYPES = {
    "BOOLEAN": "boolean",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "DATE": "date",
    "VARCHAR": "text",
}


@dataclass(frozen=True)
class ServerColumn:
    """One column, its type as PostgreSQL's `format_type` writes it."""

    name: str
    data_type: str
    is_required: bool
    comment: str | None = None


@dataclass(frozen=True)
class ServerTable:
    """One table as it should stand on the server.

    Attributes:
        name: its name, the same as in the release.
        columns: in the release's order.
        primary_key: the columns of its key; they also settle the order in which rows are read back.
        constraints: foreign keys, unique keys and checks as PostgreSQL writes them, by name. The name carries
            the hash of the definition, so that another definition is another name.
        comment: what the table is, its grain and its rule.
        source: where its rows are, for a DuckDB `from`.
    """

    name: str
    columns: tuple[ServerColumn, ...]
    primary_key: tuple[str, ...]
    source: str
    constraints: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in the release's order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Layout:
    """Every table of a release, and the checks that the server cannot be given."""

    tables: tuple[ServerTable, ...]
    not_carried: tuple[str, ...]


def read_layout(connection: "duckdb.DuckDBPyConnection") -> Layout:
    """The layout of an open release.

    Raises:
        PushRefused: a table has a type without an exact counterpart, or the name of one of the server's own.
    """
    tables = read_tables(connection, "nof")
    not_carried: list[str] = []
    constraints = {table.name: dict(_constraints(connection, table, not_carried)) for table in tables}
    taken = sorted({STATE, TABLES} & constraints.keys())
    if taken:
        raise PushRefused(f"The release has a table {taken[0]}, the name of one that the push itself writes.")
    return Layout(
        tables=tuple(
            ServerTable(
                name=table.name,
                columns=tuple(
                    ServerColumn(
                        column.name,
                        _type(table.name, column.name, column.data_type),
                        not column.is_nullable,
                        column.comment,
                    )
                    for column in table.columns
                ),
                primary_key=table.primary_key,
                constraints=constraints[table.name],
                comment=table.comment,
                source=f"{SCHEMA}.{quoted(table.name)}",
            )
            for table in tables
        ),
        not_carried=tuple(not_carried),
    )


def constraint_name(table: str, kind: str, definition: str) -> str:
    """A name that says what it is, and changes with the definition."""
    return f"{table[:40]}_{kind}_{sha256(definition.encode()).hexdigest()[:8]}"


def _type(table: str, column: str, data_type: str) -> str:
    if data_type.startswith("DECIMAL("):
        return data_type.replace("DECIMAL", "numeric").replace(" ", "")
    if data_type not in _TYPES:
        raise PushRefused(
            f"{table}, column {column}: {data_type} has no exact counterpart on the server. Publish it as a "
            f"decimal, or as one of {', '.join(_TYPES)}."
        )
    return _TYPES[data_type]


def _constraints(
    connection: "duckdb.DuckDBPyConnection", table: Table, not_carried: list[str]
) -> Iterator[tuple[str, str]]:
    """Foreign keys, unique keys and checks of one table, by name.

    Keys between rows can wait for the end of a transaction: rows are then replaced in any order.
    """
    rows = connection.execute(
        "select constraint_type, constraint_text, constraint_column_names, referenced_table, "
        "referenced_column_names from duckdb_constraints() where database_name = 'nof' and schema_name = ? "
        "and table_name = ? and constraint_type in ('CHECK', 'FOREIGN KEY', 'UNIQUE') order by all",
        [SCHEMA, table.name],
    ).fetchall()
    for kind, text, columns, referenced, referenced_columns in rows:
        names = ", ".join(map(quoted, columns))
        if kind == "CHECK":
            definition = translate_check(text, table.column_names)
            if definition is None:
                not_carried.append(f"{table.name}: {text}")
                continue
        elif kind == "UNIQUE":
            definition = f"unique ({names}) deferrable"
        else:
            others = ", ".join(map(quoted, referenced_columns))
            definition = (
                f"foreign key ({names}) references {{schema}}.{quoted(referenced)} ({others}) deferrable"
            )
        short = {"CHECK": "check", "UNIQUE": "key", "FOREIGN KEY": "fkey"}[kind]
        yield constraint_name(table.name, short, definition), definition
