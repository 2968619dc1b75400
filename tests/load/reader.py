"""The life of one reader, in a process of its own: query sets until told to stop, and what came of them.

Started as `python reader.py KIND PLACE STOP_FILE LOCK_MILLISECONDS PAUSE_SECONDS`; the pause between two
query sets is of any length up to that. Says `ready` after its first query set that worked, and ends with one
line of JSON.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from marks import Mixed, number_of, one_statement, query_set

Read = Callable[[], int]


def database(place: str) -> Read:
    """Opens `current/nof.duckdb` anew for each query set, as a report that is refreshed does."""
    import duckdb

    def read() -> int:
        with duckdb.connect(f"{place}/current/nof.duckdb", read_only=True) as connection:
            return query_set(
                lambda query: connection.execute(query).fetchall(), lambda table: f"publication.{table}"
            )

    return read


def text(place: str) -> Read:
    """Reads the text file CURRENT where there are no links, and opens the release that it names."""
    import duckdb

    def read() -> int:
        name = (Path(place) / "CURRENT").read_text().strip()
        with duckdb.connect(f"{place}/{name}/nof.duckdb", read_only=True) as connection:
            return query_set(
                lambda query: connection.execute(query).fetchall(), lambda table: f"publication.{table}"
            )

    return read


def parquet(place: str) -> Read:
    """Resolves the link once, and reads several Parquet files of the release that it found."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})

    def read() -> int:
        folder = (Path(place) / "current").resolve() / "parquet"
        return query_set(
            lambda query: connection.execute(query).fetchall(), lambda table: f"'{folder}/{table}.parquet'"
        )

    return read


def server(place: str, *, lock_milliseconds: int) -> "Any":
    """A connection that takes any wait for a lock as an error."""
    import psycopg

    connection = psycopg.connect(place, autocommit=True, application_name="load test")
    connection.execute(f"set lock_timeout = {lock_milliseconds}")
    return connection


def here(table: str) -> str:
    return f"nof.{table}"


def statement(place: str, lock_milliseconds: int, *, prepare: bool = False) -> Read:
    """One statement over every table; `prepared`: planned once and run again and again."""
    connection = server(place, lock_milliseconds=lock_milliseconds)
    query = one_statement(here)
    return lambda: number_of(connection.execute(query, prepare=prepare).fetchall())


def transaction(place: str, lock_milliseconds: int) -> Read:
    """Several statements with pauses between them, in one repeatable read transaction."""
    connection = server(place, lock_milliseconds=lock_milliseconds)

    def read() -> int:
        with connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            return query_set(
                lambda query: connection.execute(query).fetchall(),
                here,
                between=lambda: time.sleep(random.random() * 0.05),
            )

    return read


def reconnect(place: str, lock_milliseconds: int) -> Read:
    """The same in a new connection each time."""

    def read() -> int:
        with server(place, lock_milliseconds=lock_milliseconds) as connection, connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            return query_set(lambda query: connection.execute(query).fetchall(), here)

    return read


def view(place: str, lock_milliseconds: int) -> Read:
    """A view of somebody's own over the release."""
    connection = server(place, lock_milliseconds=lock_milliseconds)
    return lambda: number_of(connection.execute("select * from public.everything").fetchall())


def cursor(place: str, lock_milliseconds: int) -> Read:
    """One statement whose rows are fetched little by little."""
    connection = server(place, lock_milliseconds=lock_milliseconds)
    query = one_statement(here)

    def read() -> int:
        with connection.transaction(), connection.cursor(name="slow") as rows:
            rows.execute(query)
            found = []
            while some := rows.fetchmany(2):
                found += some
                time.sleep(random.random() * 0.05)
            return number_of(found)

    return read


def reading(kind: str, place: str, lock_milliseconds: int) -> Read:
    over_files = {"database": database, "text": text, "parquet": parquet}
    if kind in over_files:
        return over_files[kind](place)
    over_server = {
        "statement": statement,
        "transaction": transaction,
        "reconnect": reconnect,
        "view": view,
        "cursor": cursor,
    }
    if kind == "prepared":
        return statement(place, lock_milliseconds, prepare=True)
    return over_server[kind](place, lock_milliseconds)


@contextmanager
def result(kind: str) -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {"kind": kind, "sets": 0, "seen": [], "errors": [], "mixed": [], "longest": 0.0}
    try:
        yield found
    finally:
        print(json.dumps(found), flush=True)  # noqa: T201


def main(kind: str, place: str, stop_file: str, lock_milliseconds: str, pause_seconds: str) -> None:
    """Read until the stop file is there, and once more after that."""
    with result(kind) as found:
        read = reading(kind, place, int(lock_milliseconds))
        is_last = False
        while not is_last:
            is_last = Path(stop_file).exists()
            began = time.perf_counter()
            try:
                number = read()
            except Mixed as mixed:
                found["mixed"].append(str(mixed)[:500])
            except Exception as error:
                found["errors"].append(f"{type(error).__name__}: {error}"[:500])
            else:
                if not found["sets"]:
                    print("ready", flush=True)  # noqa: T201
                found["sets"] += 1
                if not found["seen"] or found["seen"][-1] != number:
                    found["seen"].append(number)
            found["longest"] = max(found["longest"], time.perf_counter() - began)
            time.sleep(random.random() * float(pause_seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
