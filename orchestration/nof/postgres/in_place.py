"""The usual way: the tables stay, and their rows become those of the release in one transaction.

Nothing here takes a lock that a reader would wait for, and the server shows every statement, and every
transaction that asks for it, the rows of one moment. Views, rights and indexes of other people stay.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres.rows import Exported, load, names

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[tuple[Any, ...]]


@dataclass(frozen=True)
class Changed:
    """How many rows of a table, or of all of them, were added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: "Changed") -> "Changed":
        """Both together."""
        return Changed(self.added + other.added, self.changed + other.changed, self.removed + other.removed)


def replace_rows(cursor: "Cursor", schema: str, exported: Exported) -> Changed:
    """Make the rows of one table those of the release, touching only the rows that differ.

    The new rows come to a temporary table first. What is the same in both stays untouched, so that a release
    that corrects a few figures writes a few rows, and the table does not grow with each push.
    """
    table = exported.table
    there, here = sql.Identifier(schema, table.name), sql.Identifier("pg_temp", table.name)
    cursor.execute(
        sql.SQL("create temporary table {} on commit drop as select {} from {} with no data").format(
            sql.Identifier(table.name), names(table.column_names), there
        )
    )
    load(cursor, here, exported)
    cursor.execute(sql.SQL("analyze {} ({})").format(here, names(table.primary_key)))
    same_key = sql.SQL(" and ").join(
        sql.SQL("old.{0} = new.{0}").format(sql.Identifier(name)) for name in table.primary_key
    )
    cursor.execute(
        sql.SQL("delete from {} as old where not exists (select from {} as new where {})").format(
            there, here, same_key
        )
    )
    removed = cursor.rowcount
    changed = _update(cursor, exported, there, here, same_key)
    cursor.execute(
        sql.SQL(
            "insert into {0} ({1}) select {1} from {2} as new "
            "where not exists (select from {0} as old where {3})"
        ).format(there, names(table.column_names), here, same_key)
    )
    return Changed(added=cursor.rowcount, changed=changed, removed=removed)


def _update(
    cursor: "Cursor",
    exported: Exported,
    there: sql.Identifier,
    here: sql.Identifier,
    same_key: sql.Composed,
) -> int:
    table = exported.table
    others = [name for name in table.column_names if name not in table.primary_key]
    if not others:
        return 0
    columns = [sql.Identifier(name) for name in others]
    cursor.execute(
        sql.SQL("update {} as old set {} from {} as new where {} and ({}) is distinct from ({})").format(
            there,
            sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(name) for name in columns),
            here,
            same_key,
            _row("old", columns),
            _row("new", columns),
        )
    )
    return cursor.rowcount


def _row(alias: str, columns: list[sql.Identifier]) -> sql.Composed:
    of = sql.SQL(alias)
    return sql.SQL("row({})").format(
        sql.SQL(", ").join(sql.SQL("{}.{}").format(of, name) for name in columns)
    )
