"""Waiting, but never for long: one pusher at a time, locks tried and let go, and who stands in the way."""

import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from nof.postgres.target import PushRefused, Target

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]
    Cursor = psycopg.Cursor[tuple[Any, ...]]

PAUSE_SECONDS = 0.25


def hold(connection: "Connection", target: Target, patience_seconds: float) -> None:
    """Let no other push work on the schema until this connection ends, however it ends.

    Raises:
        PushRefused: another one does, and did not end in time.
    """
    import psycopg  # noqa: PLC0415

    number = int.from_bytes(sha256(f"nof push {target.schema}".encode()).digest()[:8], "big", signed=True)
    _set_lock_timeout(connection, patience_seconds)
    try:
        connection.execute("select pg_catalog.pg_advisory_lock(%s)", [number])
    except psycopg.errors.LockNotAvailable:
        raise PushRefused(
            f"Another push is working on the schema {target.schema} of this database, and did not end within "
            f"{patience_seconds:g} seconds. Push again when it has ended."
        ) from None


def try_alter(
    connection: "Connection",
    change: "Callable[[Cursor], None]",
    tables: Iterable[int],
    patience_seconds: float,
) -> None:
    """Change one table in a transaction of its own that waits for readers only briefly, and again if need be.

    While a change waits for a reader that holds its table, new readers of the table wait behind it. So
    it gives up before any of them notices, lets them pass, and tries again.

    Args:
        connection: outside a transaction.
        change: alters one table; called anew at each attempt.
        tables: the oid of it.
        patience_seconds: how long to go on trying.

    Raises:
        PushRefused: the table was never free, with who holds it.
    """
    import psycopg  # noqa: PLC0415

    until = time.monotonic() + patience_seconds
    while True:
        try:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(f"set local lock_timeout = {_attempt_milliseconds(connection)}")
                change(cursor)
            return
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() > until:
                raise _in_use(connection, tables, patience_seconds) from None
        time.sleep(PAUSE_SECONDS)


def lock_all(
    connection: "Connection",
    statement: "psycopg.sql.Composed",
    tables: Iterable[int],
    patience_seconds: float,
) -> None:
    """Lock several tables against every reader, inside the transaction that is open.

    A reader that holds one of them and wants another would wait for this push, and this push for the reader.
    The whole attempt ends before the server would call that a deadlock, and lets the reader pass.

    Args:
        connection: in a transaction.
        statement: the `lock table`.
        tables: their oids.
        patience_seconds: how long to go on trying.

    Raises:
        PushRefused: they were never all free at once, with who holds them.
    """
    import psycopg  # noqa: PLC0415

    until = time.monotonic() + patience_seconds
    while True:
        try:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(f"set local statement_timeout = {_attempt_milliseconds(connection)}")
                cursor.execute(statement)
                cursor.execute("set local statement_timeout = 0")
            return
        except psycopg.errors.QueryCanceled:
            if time.monotonic() > until:
                raise _in_use(connection, tables, patience_seconds) from None
        time.sleep(PAUSE_SECONDS)


def wait_up_to(connection: "Connection", seconds: float) -> None:
    """From here on no statement waits longer than this for somebody else's lock."""
    _set_lock_timeout(connection, seconds)


def holders(connection: "Connection", tables: Iterable[int]) -> list[str]:
    """Other sessions that hold any of some tables, as an administrator would look for them."""
    rows = connection.execute(
        "select distinct a.pid, a.usename::text, a.application_name, a.state, "
        "pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - a.xact_start)::text "
        "from pg_catalog.pg_locks as l join pg_catalog.pg_stat_activity as a on a.pid = l.pid "
        "join pg_catalog.pg_database as d on d.oid = l.database and d.datname = current_database() "
        "where l.relation = any(%s) and l.granted and a.pid <> pg_catalog.pg_backend_pid() order by 1",
        [list(tables)],
    ).fetchall()
    return [
        f"process {pid} of {user or 'somebody'}"
        + (f" ({application})" if application else "")
        + (f", {state} for {age}" if state and age else "")
        for pid, user, application, state, age in rows
    ]


def _in_use(connection: "Connection", tables: Iterable[int], patience_seconds: float) -> PushRefused:
    who = holders(connection, tables)
    named = f" Just now: {'; '.join(who)}." if who else ""
    return PushRefused(
        f"Tables that have to change were in use for {patience_seconds:g} seconds on end.{named} Push "
        "again at a quieter time, or let an administrator end what stays open."
    )


def _attempt_milliseconds(connection: "Connection") -> int:
    """Half of the time after which the server looks for deadlocks."""
    row = connection.execute(
        "select setting::integer / 2 from pg_catalog.pg_settings where name = 'deadlock_timeout'"
    ).fetchone()
    assert row is not None
    return max(int(row[0]), 1)


def _set_lock_timeout(connection: "Connection", seconds: float) -> None:
    connection.execute(
        "select pg_catalog.set_config('lock_timeout', %s, false)", [f"{int(seconds * 1000)}ms"]
    )
