"""Making and changing tables on the server: create, alter, comment, and the statements for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres.layout import ServerTable
from nof.postgres.plan import Alteration
from nof.postgres.rows import names
from nof.postgres.standing import StandingTable
from nof.sql import quoted

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[tuple[Any, ...]]


def create(cursor: "Cursor", schema: str, table: ServerTable) -> None:
    """Make one table with its primary key; references and checks come after the rows."""
    columns = [
        sql.SQL("{} {}{}").format(
            sql.Identifier(column.name),
            sql.SQL(column.data_type),
            sql.SQL(" not null" if column.is_required else ""),
        )
        for column in table.columns
    ]
    key = sql.SQL("constraint {} primary key ({})").format(
        sql.Identifier(f"{table.name[:50]}_pkey"), names(table.primary_key)
    )
    cursor.execute(
        sql.SQL("create table {} ({})").format(
            sql.Identifier(schema, table.name), sql.SQL(", ").join([*columns, key])
        )
    )


def add_constraints(cursor: "Cursor", schema: str, table: str, constraints: Mapping[str, str]) -> None:
    """Add constraints to one table; its rows must meet them."""
    if not constraints:
        return
    parts = [
        sql.SQL("add constraint {} {}").format(sql.Identifier(name), sql.SQL(_in_schema(definition, schema)))
        for name, definition in constraints.items()
    ]
    cursor.execute(_alter(schema, table, parts))


def prepare(cursor: "Cursor", schema: str, alteration: Alteration) -> None:
    """Let a table take the rows of either release: new columns, empty, and no rule of the old one."""
    parts = [
        *(
            sql.SQL("add column {} {}").format(sql.Identifier(column.name), sql.SQL(column.data_type))
            for column in alteration.added
        ),
        *(
            sql.SQL("alter column {} drop not null").format(sql.Identifier(name))
            for name in alteration.relaxed
        ),
        *(sql.SQL("drop constraint {}").format(sql.Identifier(name)) for name in alteration.dropped),
    ]
    if parts:
        cursor.execute(_alter(schema, alteration.table.name, parts))


def require(cursor: "Cursor", schema: str, alteration: Alteration) -> None:
    """Forbid what only the old release had: nulls in columns that are required now."""
    parts = [
        sql.SQL("alter column {} set not null").format(sql.Identifier(name)) for name in alteration.required
    ]
    if parts:
        cursor.execute(_alter(schema, alteration.table.name, parts))


def comment(cursor: "Cursor", schema: str, table: ServerTable, standing: StandingTable | None) -> None:
    """Describe a table and its columns as the release does, where that is not what stands there already."""
    there = {column.name: column.comment for column in standing.columns} if standing else {}
    if table.comment != (standing.comment if standing else None):
        cursor.execute(
            sql.SQL("comment on table {} is {}").format(
                sql.Identifier(schema, table.name), sql.Literal(table.comment)
            )
        )
    for column in table.columns:
        if column.comment != there.get(column.name):
            cursor.execute(
                sql.SQL("comment on column {} is {}").format(
                    sql.Identifier(schema, table.name, column.name), sql.Literal(column.comment)
                )
            )


def is_reference(definition: str) -> bool:
    """Whether a constraint refers to another table."""
    return definition.startswith("foreign key")


def references(constraints: Mapping[str, str]) -> dict[str, str]:
    """The foreign keys among some constraints."""
    return {name: text for name, text in constraints.items() if is_reference(text)}


def rules(constraints: Mapping[str, str]) -> dict[str, str]:
    """The checks and unique keys among some constraints."""
    return {name: text for name, text in constraints.items() if not is_reference(text)}


def table_list(schema: str, tables: Iterable[str]) -> sql.Composed:
    """Tables of one schema as SQL lists them."""
    return sql.SQL(", ").join(sql.Identifier(schema, name) for name in tables)


def _alter(schema: str, table: str, parts: Sequence[sql.Composable]) -> sql.Composed:
    return sql.SQL("alter table {} {}").format(sql.Identifier(schema, table), sql.SQL(", ").join(parts))


def _in_schema(definition: str, schema: str) -> str:
    return definition.replace("{schema}", quoted(schema)) if is_reference(definition) else definition
