"""What stands on the server before a push: the schema, its tables by the catalogue, the release in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres.layout import STATE, TABLES, ServerColumn
from nof.postgres.order import There
from nof.postgres.target import PushRefused, Target

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[tuple[Any, ...]]


@dataclass(frozen=True)
class StandingTable:
    """One table as it is on the server; the attributes as in `ServerTable`."""

    oid: int
    name: str
    columns: tuple[ServerColumn, ...]
    primary_key: tuple[str, ...]
    constraints: frozenset[str]
    comment: str | None


@dataclass(frozen=True)
class Standing:
    """A schema as a push finds it.

    Attributes:
        exists: whether there is such a schema at all.
        tables: the tables of the release in it, by name; empty where none was ever pushed.
        there: the release in it.
        hashes: of the rows of each table, as the push that made it recorded them.
    """

    exists: bool
    tables: Mapping[str, StandingTable]
    there: There | None
    hashes: Mapping[str, str]


def read_standing(cursor: "Cursor", target: Target) -> Standing:
    """Read what is in the target schema.

    Raises:
        PushRefused: it holds a table that no push made, or does not belong to the user of this connection.
    """
    row = cursor.execute(
        "select n.oid, pg_catalog.pg_has_role(n.nspowner, 'usage'), n.nspowner::pg_catalog.regrole::text "
        "from pg_catalog.pg_namespace as n where n.nspname = %s",
        [target.schema],
    ).fetchone()
    if row is None:
        return Standing(exists=False, tables={}, there=None, hashes={})
    oid, is_owner, owner = row
    if not is_owner:
        raise PushRefused(
            f"The schema {target.schema} belongs to {owner}, not to {cursor.connection.info.user}. Push as "
            f"its owner, or let an administrator say: alter schema {target.schema} owner to "
            f"{cursor.connection.info.user};"
        )
    found = {
        name: (table_oid, kind, mine)
        for table_oid, name, kind, mine in cursor.execute(
            "select c.oid, c.relname, c.relkind::text, pg_catalog.pg_has_role(c.relowner, 'usage') "
            "from pg_catalog.pg_class as c where c.relnamespace = %s and c.relkind in ('r', 'p', 'f', 'm') "
            "order by 2",
            [oid],
        ).fetchall()
    }
    hashes = _recorded(cursor, target, found)
    ours = {STATE, TABLES, *hashes} if hashes else set()
    strange = [name for name, (_, kind, mine) in found.items() if name not in ours or kind != "r" or not mine]
    if strange:
        raise PushRefused(
            f"The schema {target.schema} holds tables that no push made: {', '.join(strange)}. Move them to "
            "a schema of their own, or name another schema with --schema."
        )
    oids = {table_oid: name for name, (table_oid, _, _) in found.items()}
    tables = _tables(cursor, oids)
    there = _there(cursor, target) if tables else None
    return Standing(exists=True, tables=tables, there=there, hashes=hashes)


def _recorded(cursor: "Cursor", target: Target, found: Collection[str]) -> dict[str, str]:
    """The tables that the last push says it made, with their hashes; none where it did not leave word."""
    if not {STATE, TABLES} <= set(found):
        return {}
    table = sql.Identifier(target.schema, TABLES)
    rows = cursor.execute(sql.SQL("select table_name, csv_sha256 from {}").format(table)).fetchall()
    return {str(name): str(digest) for name, digest in rows}


def _there(cursor: "Cursor", target: Target) -> There | None:
    rows = cursor.execute(
        sql.SQL(
            "select release_id, quarter_id, framework_id, is_bundled, released_date, state, home_key, "
            "release_order from {}"
        ).format(sql.Identifier(target.schema, STATE))
    ).fetchall()
    return There(*rows[0]) if rows else None


def _tables(cursor: "Cursor", oids: Mapping[int, str]) -> dict[str, StandingTable]:
    columns: dict[int, list[ServerColumn]] = {}
    for oid, *column in cursor.execute(
        "select a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, "
        "pg_catalog.col_description(a.attrelid, a.attnum) from pg_catalog.pg_attribute as a "
        "where a.attrelid = any(%s) and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum",
        [list(oids)],
    ).fetchall():
        columns.setdefault(oid, []).append(ServerColumn(*column))
    keys: dict[int, tuple[str, ...]] = {}
    constraints: dict[int, set[str]] = {}
    for oid, name, kind, key in cursor.execute(
        "select c.conrelid, c.conname, c.contype::text, array("
        "select a.attname::text from pg_catalog.unnest(c.conkey) with ordinality as k(attnum, place) "
        "join pg_catalog.pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.attnum "
        "order by k.place) from pg_catalog.pg_constraint as c "
        "where c.conrelid = any(%s) and c.contype in ('p', 'f', 'u', 'c')",
        [list(oids)],
    ).fetchall():
        if kind == "p":
            keys[oid] = tuple(key)
        else:
            constraints.setdefault(oid, set()).add(name)
    comments: dict[int, str | None] = dict(
        cursor.execute(
            "select c.oid, pg_catalog.obj_description(c.oid, 'pg_class') from pg_catalog.pg_class as c "
            "where c.oid = any(%s)",
            [list(oids)],
        ).fetchall()
    )
    return {
        name: StandingTable(
            oid=oid,
            name=name,
            columns=tuple(columns.get(oid, ())),
            primary_key=keys.get(oid, ()),
            constraints=frozenset(constraints.get(oid, ())),
            comment=comments[oid],
        )
        for oid, name in oids.items()
    }
