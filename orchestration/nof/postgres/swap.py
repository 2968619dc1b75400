"""The other way, for a layout that changed: all tables are made anew, and change places with the old ones.

Names in a statement are looked up one after the other, and not in the reader's snapshot. So the old tables
are locked first: whoever uses one keeps the old release to the end of the transaction, and whoever comes
later waits for some milliseconds and finds the new one. The rows of the new tables are frozen as they are
loaded: a transaction that began before the swap, but reads its first table after it, sees them all instead
of empty tables.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres import tables
from nof.postgres.layout import ServerTable
from nof.postgres.locks import lock_all
from nof.postgres.plan import Plan
from nof.postgres.rows import Exported, load
from nof.postgres.standing import Standing
from nof.postgres.target import PushRefused, Target

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[tuple[Any, ...]]

_DEPENDENTS = """
    select distinct
        coalesce(
            case c.relkind when 'v' then 'view ' when 'm' then 'materialized view ' end
            || c.oid::pg_catalog.regclass::text,
            pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
        )
    from pg_catalog.pg_depend as d
    left join pg_catalog.pg_rewrite as r
        on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and r.oid = d.objid
    left join pg_catalog.pg_class as c on c.oid = r.ev_class
    left join pg_catalog.pg_constraint as k
        on d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and k.oid = d.objid
    where
        d.deptype = 'n'
        and (
            (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = any(%(oids)s))
            or (
                d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                and d.refobjid in (
                    select t.oid from pg_catalog.pg_type as t where t.typrelid = any(%(oids)s)
                )
            )
        )
        and (k.conrelid is null or k.conrelid <> all(%(oids)s))
    order by 1
"""
# What other people put on a table of ours; it goes with the table, so they are told.
_ATTACHED = """
    select 'index ' || i.relname || ' on ' || t.relname
    from pg_catalog.pg_index as x
    join pg_catalog.pg_class as i on i.oid = x.indexrelid
    join pg_catalog.pg_class as t on t.oid = x.indrelid
    where x.indrelid = any(%(oids)s)
        and not exists (select from pg_catalog.pg_constraint as k where k.conindid = x.indexrelid)
    union all
    select 'trigger ' || g.tgname || ' on ' || t.relname
    from pg_catalog.pg_trigger as g
    join pg_catalog.pg_class as t on t.oid = g.tgrelid
    where g.tgrelid = any(%(oids)s) and not g.tgisinternal
    union all
    select 'policy ' || p.polname || ' on ' || t.relname
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as t on t.oid = p.polrelid
    where p.polrelid = any(%(oids)s)
    order by 1
"""
_RIGHTS = """
    select c.relname, a.attname, r.privilege_type, r.grantee, r.is_grantable, c.relowner
    from pg_catalog.pg_class as c
    cross join lateral (
        select null::pg_catalog.name as attname, c.relacl as acl
        union all
        select attname, attacl from pg_catalog.pg_attribute
        where attrelid = c.oid and attacl is not null and not attisdropped
    ) as a
    cross join lateral pg_catalog.aclexplode(a.acl) as r
    where c.oid = any(%(oids)s) and r.grantee <> c.relowner
"""


def staging_schema(target: Target) -> str:
    """Where the new tables are until they change places; it exists only inside the transaction."""
    return f"{target.schema}__incoming"


def refuse_dependents(cursor: "Cursor", standing: Standing, plan: Plan) -> None:
    """Refuse to drop what other people's views, keys or functions stand on.

    Raises:
        PushRefused: with their names, and why the tables cannot stay.
    """
    found = cursor.execute(
        _DEPENDENTS, {"oids": [table.oid for table in standing.tables.values()]}
    ).fetchall()
    if found:
        raise PushRefused(
            f"The layout changed ({'; '.join(plan.reasons)}), so the tables are made anew, and these stand "
            f"on the old ones: {', '.join(str(name) for (name,) in found)}. Drop them, push, and make them "
            "again for the new layout; or push to a new schema (--schema) and move them there one by one."
        )


def make(cursor: "Cursor", schema: str, exported: Sequence[Exported], *, is_frozen: bool) -> None:
    """Make tables in a schema, load them, and add their keys, checks and comments.

    Args:
        cursor: in a transaction.
        schema: where.
        exported: the tables and their rows.
        is_frozen: whether transactions that began before this one see the rows as well.
    """
    for each in exported:
        tables.create(cursor, schema, each.table)
        load(cursor, sql.Identifier(schema, each.table.name), each, is_frozen=is_frozen)
    for each in exported:
        tables.add_constraints(cursor, schema, each.table.name, tables.rules(each.table.constraints))
        tables.comment(cursor, schema, each.table, None)
    if exported:
        names = [each.table.name for each in exported]
        cursor.execute(sql.SQL("analyze {}").format(tables.table_list(schema, names)))


def refer(cursor: "Cursor", schema: str, new: Iterable[ServerTable]) -> None:
    """Add the foreign keys of new tables, once all of them are there."""
    for table in new:
        tables.add_constraints(cursor, schema, table.name, tables.references(table.constraints))


def change_places(
    cursor: "Cursor",
    target: Target,
    standing: Standing,
    new: Sequence[ServerTable],
    *,
    patience_seconds: float,
) -> list[str]:
    """Drop the old tables and put the new ones in their place; the transaction must end soon after.

    Rights that people had on an old table they have on the new one of the same name.

    Returns:
        What other people had put on the old tables, and what is gone with them.

    Raises:
        PushRefused: the old tables were never all free at once.
    """
    oids = {"oids": [table.oid for table in standing.tables.values()]}
    staging = staging_schema(target)
    attached = [str(name) for (name,) in cursor.execute(_ATTACHED, oids).fetchall()]
    _copy_rights(cursor, staging, {table.name for table in new}, oids)
    old = tables.table_list(target.schema, standing.tables)
    statement = sql.SQL("lock table {} in access exclusive mode").format(old)
    lock_all(cursor.connection, statement, oids["oids"], patience_seconds)
    cursor.execute(sql.SQL("drop table {}").format(old))
    for table in new:
        cursor.execute(
            sql.SQL("alter table {} set schema {}").format(
                sql.Identifier(staging, table.name), sql.Identifier(target.schema)
            )
        )
    cursor.execute(sql.SQL("drop schema {}").format(sql.Identifier(staging)))
    return attached


def _copy_rights(cursor: "Cursor", staging: str, new: set[str], oids: dict[str, list[int]]) -> None:
    there = {
        (str(table), str(column))
        for table, column in cursor.execute(
            "select c.relname, a.attname from pg_catalog.pg_class as c "
            "join pg_catalog.pg_attribute as a on a.attrelid = c.oid "
            "join pg_catalog.pg_namespace as n on n.oid = c.relnamespace where n.nspname = %s",
            [staging],
        ).fetchall()
    }
    roles: dict[int, str] = dict(cursor.execute("select oid, rolname from pg_catalog.pg_roles").fetchall())
    for table, column, privilege, grantee, is_grantable, _ in cursor.execute(_RIGHTS, oids).fetchall():
        if table not in new or (column is not None and (table, column) not in there):
            continue
        cursor.execute(
            sql.SQL("grant {}{} on {} to {}{}").format(
                sql.SQL(privilege),
                sql.SQL(" ({})").format(sql.Identifier(column)) if column else sql.SQL(""),
                sql.Identifier(staging, table),
                sql.Identifier(roles[grantee]) if grantee in roles else sql.SQL("public"),
                sql.SQL(" with grant option" if is_grantable else ""),
            )
        )
