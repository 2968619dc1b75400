"""PostgreSQL as the engine of a run: one database, in which each run makes the rooms of its build anew."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from nof.engines.engine import ROOMS, Choice, EngineFailed, EngineRefused
from nof.engines.needed import refuse_without_packages
from nof.postgres.target import PushRefused, Target, connect, scrub
from nof.settings.engine import EngineName
from nof.sql import literal

if TYPE_CHECKING:
    import psycopg

# What marks a schema as one that a run may drop.
MARK = "A room of nof: dropped and made anew by each run on this engine."
# One run at a time in a database; the number says nothing but this.
LOCK = 7_021_002_009
# Settings of a connection that dbt's own client finds in its environment, as libpq names them.
_OF_LIBPQ = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
}


class PostgresEngine:
    """One database of a server, for the time of one run.

    Rows travel as CSV, in which every value is quoted and an absent one is not: as text, and so exactly.
    """

    name: EngineName = "postgres"

    def __init__(self, choice: Choice) -> None:
        """Connect, and take the database for this run.

        Raises:
            EngineRefused: a package or the address is missing, the server cannot be reached, or another run
                is at work in the database.
        """
        refuse_without_packages("postgres", "dbt.adapters.postgres")
        if not choice.address:
            raise EngineRefused(
                "There is no address of a PostgreSQL database. Set NOF_ENGINE_URL to "
                "postgresql://USER@HOST:PORT/DATABASE, or `address` under [engine] in nof.toml."
            )
        self._url = choice.address
        try:
            self._connection = connect(Target(choice.address))
        except PushRefused as refused:
            raise EngineRefused(str(refused)) from None
        try:
            self._take()
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> str:
        """As the server says it, for example 15.18."""
        number = self._connection.info.server_version
        return f"{number // 10000}.{number % 10000}"

    @property
    def environment(self) -> Mapping[str, str]:
        """Where dbt finds the database: exactly where this connection leads, whatever it was opened with."""
        info = self._connection.info
        given = info.get_parameters()
        return {
            "NOF_ENGINE_HOST": info.host,
            "NOF_ENGINE_PORT": str(info.port),
            "NOF_ENGINE_USER": info.user,
            "NOF_ENGINE_PASSWORD": info.password,
            "NOF_ENGINE_DATABASE": info.dbname,
        } | {name: given[key] for key, name in _OF_LIBPQ.items() if key in given}

    def write_landing(self, build: Path) -> None:
        """Drop the rooms of an earlier run, make them anew, and copy the landing tables of a build file."""
        self._make_rooms()
        with duckdb.connect(str(build), read_only=True) as source:
            tables = source.execute(
                "select table_name, list(column_name order by column_index) from duckdb_columns() "
                "where schema_name = 'landing' and not internal group by all order by all"
            ).fetchall()
            file = build.parent / "landing.csv"
            try:
                for table, columns in tables:
                    source.execute(
                        f"copy landing.{table} to {literal(file)} (format csv, header false, force_quote *)"
                    )
                    self._copy_in(table, columns, file)
            finally:
                file.unlink(missing_ok=True)
            self.execute("analyze")

    def answer(self, sql: str, folder: Path) -> str:
        """Have a query answered into one CSV, every column text."""
        import psycopg  # noqa: PLC0415 - only this engine needs it

        file = folder / "rows.csv"
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(f"select * from ({sql}) as answer limit 0".encode())
                names = [column.name for column in cursor.description or ()]
                out = f"copy (select * from ({sql}) as answer) to stdout (format csv, force_quote *)"
                with cursor.copy(out.encode()) as copy, file.open("wb") as written:
                    for part in copy:
                        written.write(part)
        except psycopg.Error as error:
            raise self._failed(error) from None
        columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
        return (
            f"read_csv({literal(file)}, columns = {{{columns}}}, auto_detect = false, header = false, "
            "delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, "
            "parallel = false)"
        )

    def close(self) -> None:
        """Close the connection, and with it give the database to the next run."""
        self._connection.close()

    def _take(self) -> None:
        self.execute("select pg_catalog.set_config('application_name', 'nof run', false)")
        row = self.execute(f"select pg_catalog.pg_try_advisory_lock({LOCK})").fetchone()
        if row is None or row[0] is not True:
            raise EngineRefused(
                f"Another run is at work in the database {self._connection.info.dbname}. Wait for its end, "
                "or give each home a database of its own."
            )
        # As DuckDB and Spark order texts; asked so, whoever provides the collation. dbt asks it too, where
        # it builds alone (macros/engines/hooks.sql); here it is a wrong use, told before anything is written.
        row = self.execute("select text 'B' < text 'a'").fetchone()
        if row is None or row[0] is not True:
            raise EngineRefused(
                f"The database {self._connection.info.dbname} orders texts by the rules of a language, not "
                "by their bytes, so that another quarter could count as the newest. Make one that does: "
                "createdb --encoding UTF8 --locale C.UTF-8 --template template0 nof_build."
            )

    def _make_rooms(self) -> None:
        """In one transaction, and only over schemas that a run has made."""
        found = self.execute(
            "select nspname::text, pg_catalog.obj_description(oid, 'pg_namespace') "
            "from pg_catalog.pg_namespace"
        ).fetchall()
        there = {str(name): mark for name, mark in found}
        foreign = [room for room in ROOMS if room in there and there[room] != MARK]
        if foreign:
            raise EngineRefused(
                f"The database {self._connection.info.dbname} has schemas of the same name that no run has "
                f"made: {', '.join(foreign)}. Give nof a database of its own: createdb nof_build."
            )
        with self._connection.transaction():
            for room in ROOMS:
                self.execute(f"drop schema if exists {room} cascade")
                self.execute(f"create schema {room}")
                self.execute(f"comment on schema {room} is {literal(MARK)}")

    def _copy_in(self, table: str, columns: list[str], file: Path) -> None:
        import psycopg  # noqa: PLC0415 - as above

        try:
            with self._connection.cursor() as cursor:
                typed = ", ".join(f'"{name}" varchar' for name in columns)
                cursor.execute(f"create table landing.{table} ({typed})".encode())
                into = f"copy landing.{table} from stdin (format csv)".encode()
                with file.open("rb") as rows, cursor.copy(into) as copy:
                    while part := rows.read(1 << 20):
                        copy.write(part)
        except psycopg.Error as error:
            raise self._failed(error) from None

    def execute(self, statement: str) -> "psycopg.Cursor[tuple[object, ...]]":
        """Have a statement carried out, in a transaction of its own unless one is open."""
        import psycopg  # noqa: PLC0415 - as above

        try:
            return self._connection.execute(statement.encode())
        except psycopg.Error as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> EngineFailed:
        said = " ".join(scrub(str(error), self._url).split())
        return EngineFailed(f"PostgreSQL: {said}")
