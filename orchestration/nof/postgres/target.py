"""Where a release is pushed to: the URL of a database, read and shown without ever showing its password."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from nof.errors import NofError, UsageRefused

if TYPE_CHECKING:
    import psycopg

OLDEST_SERVER = 14  # the oldest that PostgreSQL's own project still mends in 2026
CONNECT_SECONDS = 10
LONGEST_NAME = 50  # a name in PostgreSQL has 63 bytes; the staging schema adds its own ending
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class PushRefused(NofError):
    """A release was not put on the server (exit status 1); what was there stays, whole."""

    consequence = "Readers go on seeing the release that was there."


@dataclass(frozen=True)
class Target:
    """One schema of one database.

    Attributes:
        url: as given; may hold a password, so it is never shown.
        schema: the schema that belongs to releases.
        reader_role: the group of those who may read it.
    """

    url: str = field(repr=False)
    schema: str = "nof"
    reader_role: str = "nof_reader"

    def __post_init__(self) -> None:
        _refuse_unclear_url(self.url)
        for option, name in (("--schema", self.schema), ("--reader-role", self.reader_role)):
            is_plain = _NAME.fullmatch(name) and len(name) <= LONGEST_NAME
            if not is_plain or name.startswith("pg_") or name == "information_schema":
                raise UsageRefused(
                    f"{option} {name!r} is no name for this: small letters, digits and underscores, at most "
                    f"{LONGEST_NAME} of them, not beginning with a digit or with pg_."
                )


def connect(target: Target) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of its own, each statement its own transaction until one is opened.

    The password may also come from PGPASSWORD, a .pgpass file or a service file, as with any client.

    Raises:
        PushRefused: the server cannot be reached, does not let the user in, or cannot hold a release.
    """
    import psycopg  # noqa: PLC0415 - only a push needs it

    try:
        connection = psycopg.connect(
            target.url,
            autocommit=True,
            application_name="nof push",
            connect_timeout=CONNECT_SECONDS,
        )
    except psycopg.Error as error:
        raise PushRefused(f"No connection: {scrub(str(error), target.url)}") from None
    try:
        refuse_old_server(connection.info.server_version)
        # The names in a statement mean the server's own and what is written with its schema, nothing else;
        # dates and text travel in one form, whatever the server, the database or the role prefers.
        connection.execute(
            "set search_path = ''; set datestyle = 'ISO, YMD'; set client_encoding = 'UTF8'; "
            "set statement_timeout = 0; set default_transaction_isolation = 'read committed'; "
            "set default_transaction_read_only = off; set default_transaction_deferrable = off"
        )
        _refuse_unfit(connection)
        _notice_kills(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def shown(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """Where a connection leads, as a URL for people: without a password, whatever it was opened with."""
    info = connection.info
    return f"postgresql://{quote(info.user)}@{_host(info.host)}:{info.port}/{quote(info.dbname)}"


def scrub(text: str, url: str) -> str:
    """A message of the client library without anything in it that was, or could be, a part of a password."""
    secrets = set()
    user_info = url.partition("://")[2].rpartition("@")[0]
    for part in (user_info.partition(":")[2], os.environ.get("PGPASSWORD", "")):
        secrets |= {part, unquote(part)}
    secrets |= {unquote(found) for found in re.findall(r"(?:password|passfile)=([^&\s]*)", url)}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text.strip()


def refuse_old_server(version: int) -> None:
    """Refuse a server that is older than what this was written for.

    Args:
        version: as the server counts: 150018 is 15.18.
    """
    if version < OLDEST_SERVER * 10000:
        raise PushRefused(
            f"The server is PostgreSQL {version // 10000}; at least {OLDEST_SERVER} is needed. "
            "Push to a newer one."
        )


def _refuse_unclear_url(url: str) -> None:
    """Refuse what is no URL, or one that a password with characters of its own has torn apart.

    No message repeats any part of it: what was taken for a host or a port may be a piece of the password.
    """
    import psycopg  # noqa: PLC0415
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    remedy = (
        "Write postgresql://USER@HOST:PORT/DATABASE, with the characters @ : / ? # % of a password as %40 "
        "%3A %2F %3F %23 %25, or better no password at all: PGPASSWORD, ~/.pgpass or a service file has it."
    )
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageRefused(f"The target does not begin with postgresql://. {remedy}")
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise UsageRefused(f"The target cannot be read as the URL of a database. {remedy}") from None
    place = url.partition("://")[2].partition("?")[0]
    is_torn = place.count("@") > 1 or ("@" in place and "@" not in place.partition("/")[0])
    if is_torn or not re.fullmatch(r"[0-9,]*", str(parts.get("port", ""))):
        raise UsageRefused(f"The target is torn apart by a character that means something else. {remedy}")


def _refuse_unfit(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    row = connection.execute(
        "select pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('server_encoding')"
    ).fetchone()
    assert row is not None
    is_standby, encoding = row
    if is_standby:
        raise PushRefused("The server is a standby, which takes no writes. Push to its primary.")
    if encoding != "UTF8":
        raise PushRefused(
            f"The database keeps text as {encoding}, which cannot hold every name in a release. "
            "Push to a database with the encoding UTF8."
        )


def _notice_kills(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Let the server notice within seconds that this process was killed, also while it waits for a lock."""
    from psycopg import errors  # noqa: PLC0415

    with suppress(errors.InvalidParameterValue):  # a server on a system that cannot tell
        connection.execute("set client_connection_check_interval = '2s'")


def _host(host: str) -> str:
    return quote(host, safe="") if host.startswith("/") else host
