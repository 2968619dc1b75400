"""Who may read: a group of readers that can select from the schema and do nothing else to it."""

from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres.target import PushRefused, Target

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[tuple[Any, ...]]


_DEFAULT_RIGHTS = """
    select exists (
        select from pg_catalog.pg_default_acl as d
        cross join lateral pg_catalog.aclexplode(d.defaclacl) as r
        where
            r.grantee = (select oid from pg_catalog.pg_roles where rolname = %s)
            and d.defaclnamespace = (select oid from pg_catalog.pg_namespace where nspname = %s)
            and d.defaclrole = (select oid from pg_catalog.pg_roles where rolname = current_user)
            and d.defaclobjtype = 'r'
            and r.privilege_type = 'SELECT'
    )
"""


def make_reader_role(cursor: "Cursor", target: Target) -> bool:
    """Make the group of readers where it is missing; it cannot log in, people are made members of it.

    Returns:
        Whether it was made.

    Raises:
        PushRefused: it is missing and the user may not make it, or it is a role that can write here.
    """
    user = cursor.connection.info.user
    row = cursor.execute(
        "select rolsuper, rolname = current_user, pg_catalog.pg_has_role(r.oid, current_user, 'member') "
        "from pg_catalog.pg_roles as r where rolname = %s",
        [target.reader_role],
    ).fetchone()
    if row is not None:
        is_superuser, is_user, is_member = row
        if is_superuser or is_user or is_member:
            raise PushRefused(
                f"{target.reader_role} can write to what {user} pushes, so it is no role for readers. Name "
                "another one with --reader-role."
            )
        return False
    allowed = cursor.execute(
        "select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user"
    ).fetchone()
    if not allowed or not allowed[0]:
        raise PushRefused(
            f"There is no role {target.reader_role}, and {user} may not create roles. Let an administrator "
            f"say: create role {target.reader_role} nologin; then push again. Or name a group that is there "
            "with --reader-role."
        )
    cursor.execute(sql.SQL("create role {} nologin").format(sql.Identifier(target.reader_role)))
    return True


def let_read(cursor: "Cursor", target: Target) -> None:
    """Let the readers select from every table of the schema, and from those that this user makes later.

    Only where they cannot yet: rights are part of the catalogue, and a push leaves it alone where it can.
    """
    role, schema = sql.Identifier(target.reader_role), sql.Identifier(target.schema)
    if not _holds(cursor, "select pg_catalog.has_schema_privilege(%s, %s, 'usage')", target):
        cursor.execute(sql.SQL("grant usage on schema {} to {}").format(schema, role))
    missing = cursor.execute(
        "select c.relname from pg_catalog.pg_class as c "
        "join pg_catalog.pg_namespace as n on n.oid = c.relnamespace "
        "where n.nspname = %s and c.relkind = 'r' "
        "and not pg_catalog.has_table_privilege(%s, c.oid, 'select') order by 1",
        [target.schema, target.reader_role],
    ).fetchall()
    for (name,) in missing:
        table = sql.Identifier(target.schema, name)
        cursor.execute(sql.SQL("grant select on {} to {}").format(table, role))
    if not _holds(cursor, _DEFAULT_RIGHTS, target):
        cursor.execute(
            sql.SQL("alter default privileges in schema {} grant select on tables to {}").format(schema, role)
        )


def _holds(cursor: "Cursor", question: str, target: Target) -> bool:
    row = cursor.execute(question, [target.reader_role, target.schema]).fetchone()
    return row is not None and bool(row[0])
