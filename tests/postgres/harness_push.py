"""Small whole releases to push, and a database of its own for each test."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import duckdb
import psycopg
import pytest
from psycopg import sql

from nof.home import Home
from nof.postgres import PushRequest, PushResult, push
from nof.postgres.target import Target
from nof.release import Candidate, InputEntry, promote
from nof.release.seal import write_seal

IN_FORCE, DRAFT = "nof-2025-26", "npaf-2025-26-draft"
Q1, Q2, Q3 = "2025-26-Q1", "2025-26-Q2", "2025-26-Q3"
ONE, TWO, THREE = "1" * 16, "2" * 16, "3" * 16
INPUTS = (InputEntry("a" * 64, "acute.csv", "oversight_data", date(2026, 4, 1)),)

# Parents first. Every type that a release may have, keys over two columns, a key into itself, checks of each
# shape, and a column whose name is a word of SQL.
TABLES: dict[str, str] = {
    "dim_release": "release_id varchar primary key, licence varchar not null, source_line varchar not null, "
    "notice varchar not null",
    "dim_trust": "framework_id varchar not null, trust_code varchar not null, trust_name varchar, "
    "merged_into varchar, first_date date, primary key (framework_id, trust_code), "
    "foreign key (framework_id, merged_into) references publication.dim_trust (framework_id, trust_code)",
    "fct_segment": "framework_id varchar not null, trust_code varchar not null, final_segment bigint, "
    'average_score decimal(18,15), is_in_deficit boolean, "rank" integer, note varchar, '
    "check (final_segment between 1 and 5), check ((is_in_deficit is null) = (average_score is null)), "
    "check (note in ('', 'none', 'it''s') or note is null or length(note) >= 2 or \"rank\" < 4), "
    "primary key (framework_id, trust_code), "
    "foreign key (framework_id, trust_code) references publication.dim_trust (framework_id, trust_code)",
}
NOTICE = "Not an NHS England publication."
TRICKY = 'Line one\nline "two", \\N and\ttab\u00a0\u201ccurly\u201d'


def rows(release_id: str, *, segment: int = 2) -> dict[str, list[tuple[object, ...]]]:
    """A few rows that are hard to carry: nulls beside empty texts, quotes, line ends, every decimal place."""
    return {
        "dim_release": [(release_id, "Open Government Licence v3.0", "Source: NHS England.", NOTICE)],
        "dim_trust": [
            ("f", "ZZA", TRICKY, "ZZB", date(2025, 4, 1)),
            ("f", "ZZB", "", None, None),
            ("f", "zzc", "NULL", None, date(1948, 7, 5)),
        ],
        "fct_segment": [
            ("f", "ZZA", segment, "2.000000000000001", True, 1, "it's"),
            ("f", "ZZB", 5, "-0.500000000000000", False, -2, ""),
            ("f", "zzc", None, None, None, None, None),
        ],
    }


def make_release(
    home: Home,
    quarter_id: str,
    release_id: str,
    *,
    tables: dict[str, str] | None = None,
    contents: dict[str, list[tuple[object, ...]]] | None = None,
    change: Sequence[str] = (),
    framework_id: str = IN_FORCE,
    is_bundled: bool = False,
    released_date: date | None = date(2026, 4, 1),
) -> Path:
    """A release with a database and a seal, promoted as a run does it.

    Args:
        home: its home.
        quarter_id: its quarter.
        release_id: its id.
        tables: other tables than TABLES, parents first.
        contents: other rows than `rows`.
        change: statements run on the finished database.
        framework_id: its framework.
        is_bundled: whether it counts as the invented nation's.
        released_date: its day.
    """
    candidate = Candidate(
        folder=home.build / release_id / "candidate",
        release_id=release_id,
        framework_id=framework_id,
        quarter_id=quarter_id,
        inputs=() if is_bundled else INPUTS,
        released_date=None if is_bundled else released_date,
    )
    candidate.folder.mkdir(parents=True)
    wanted = TABLES if tables is None else tables
    with duckdb.connect(candidate.database) as connection:
        connection.execute("create schema publication")
        for name, columns in wanted.items():
            connection.execute(f"create table publication.{name} ({columns})")
            connection.execute(f"comment on table publication.{name} is 'What {name} is. One row per row.'")
        connection.execute("comment on column publication.dim_trust.trust_name is 'The trust''s name'")
        for name, values in (rows(release_id) if contents is None else contents).items():
            marks = ", ".join("?" for _ in values[0])
            # Parents before those who refer to them, within one table too.
            for row in sorted(values, key=lambda row: row[3:4] == ("ZZB",)):
                connection.execute(f"insert into publication.{name} values ({marks})", row)
        for statement in change:
            connection.execute(statement)
        counts = {
            str(name): connection.execute(f"select count(*) from publication.{name}").fetchall()[0][0]
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'publication'"
            ).fetchall()
        }
    write_seal(candidate, row_counts=counts, trust_count=3)
    return promote(
        candidate=candidate.folder,
        home=home,
        quarter_id=quarter_id,
        release_id=release_id,
        framework_is_in_force=framework_id == IN_FORCE,
    )


@dataclass
class Database:
    """One database with a user who may push to it: no administrator, but the owner of what it makes.

    Attributes:
        admin_url: the administrator's way in.
        url: the pusher's; with the password, as the tests of the mask need it.
        name: of the database.
        pusher: of the user.
        reader_role: a group of its own: roles belong to the whole server.
    """

    admin_url: str = field(repr=False)
    url: str = field(repr=False)
    name: str
    pusher: str
    password: str = field(repr=False)
    reader_role: str

    def push(self, home: Home, release: str | None = None, **more: Any) -> PushResult:
        """Push as the pusher."""
        schema = more.pop("schema", "nof")
        more.setdefault("patience_seconds", 5.0)
        target = Target(self.url, schema=schema, reader_role=self.reader_role)
        return push(PushRequest(home=home, target=target, release=release, **more), progress=lambda _: None)

    @contextmanager
    def admin(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """The administrator in this database, each statement its own transaction."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            yield connection

    def ask(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What the administrator reads."""
        with self.admin() as connection:
            return connection.execute(query, values or None).fetchall()  # type: ignore[arg-type]

    def release(self) -> str:
        """The release that is there."""
        return str(self.ask("select quarter_id || '/' || release_id from nof.release_state")[0][0])

    @contextmanager
    def reader(self, *, is_member: bool = True) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """A person who can log in, a member of the readers or not."""
        name, password = f"person_{secrets.token_hex(4)}", secrets.token_hex(8)
        user = sql.Identifier(name)
        with self.admin() as admin:
            admin.execute(sql.SQL("create role {} login password {}").format(user, sql.Literal(password)))
            if is_member:
                admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(self.reader_role), user))
        try:
            with psycopg.connect(with_user(self.admin_url, name, password), autocommit=True) as connection:
                yield connection
        finally:
            with self.admin() as admin:
                admin.execute(sql.SQL("drop owned by {}").format(user))
                admin.execute(sql.SQL("drop role {}").format(user))


def whole_release(request: pytest.FixtureRequest, name: str) -> Path:
    """A release that takes a minute to make; one that is there already can be named in the environment."""
    named = os.environ.get(f"NOF_{name.upper()}_RELEASE")
    return Path(named).resolve() if named else Path(request.getfixturevalue(f"{name}_release"))


def server_url() -> str:
    """The administrator's URL of the server that `with-server` started."""
    url = os.environ.get("NOF_POSTGRES_URL")
    if not url:
        pytest.fail("There is no server: run these tests by `make postgres` or `make load`.")
    return url


def with_user(url: str, user: str, password: str) -> str:
    """The same place with another user."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.hostname}:{parts.port}"))


@contextmanager
def new_database(*, may_create_roles: bool = True) -> Iterator[Database]:
    """A database and its pusher, both gone afterwards."""
    server, key = server_url(), secrets.token_hex(4)
    name, pusher, password = f"nof_{key}", f"pusher_{key}", f"pass-{secrets.token_hex(8)}"
    reader_role = f"readers_{key}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(
            sql.SQL("create role {} login password {} {}").format(
                sql.Identifier(pusher),
                sql.Literal(password),
                sql.SQL("createrole" if may_create_roles else "nocreaterole"),
            )
        )
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("grant create on database {} to {}").format(sql.Identifier(name), sql.Identifier(pusher))
        )
    admin_url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    try:
        yield Database(admin_url, with_user(admin_url, pusher, password), name, pusher, password, reader_role)
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
            for role in (pusher, reader_role):
                admin.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(role)))
