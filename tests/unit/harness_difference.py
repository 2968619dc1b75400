"""Pairs of small releases in memory, and the changes of a difference applied again by code of their own."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from nof.difference import Side
from nof.difference.pair import NEW, OLD, Pair
from nof.home import Home
from nof.release import Candidate, InputEntry, promote
from nof.release.database import read_tables
from nof.release.seal import write_seal

FRAMEWORK = "nof-2025-26"
# Of each table: how it is created, and its rows.
Tables = Mapping[str, tuple[str, Sequence[Sequence[object]]]]

THINGS = "quarter_id varchar, trust_code varchar, name varchar, score decimal(6,2), day date, \
primary key (quarter_id, trust_code)"
BEFORE: Tables = {
    "things": (
        THINGS,
        [
            ("2025-26-Q1", "ZZA", "same", "1.50", "2026-01-01"),
            ("2025-26-Q1", "ZZB", "moves", "1.50", "2026-01-01"),
            ("2025-26-Q1", "ZZC", "", None, None),
            ("2025-26-Q1", "ZZD", "goes; away", "2", None),
        ],
    )
}
NOW: Tables = {
    "things": (
        THINGS,
        [
            ("2025-26-Q1", "ZZA", "same", "1.5", "2026-01-01"),
            ("2025-26-Q1", "ZZB", "moves", "2.25", None),
            ("2025-26-Q1", "ZZC", None, "0", "2026-03-31"),
            ("2025-26-Q2", "ZZE", 'says "new"', None, "2026-04-01"),
        ],
    )
}


def create(connection: duckdb.DuckDBPyConnection, tables: Tables, catalog: str = "") -> None:
    """Make the publication tables of one small release."""
    schema = f"{catalog}.publication" if catalog else "publication"
    connection.execute(f"create schema {schema}")
    for name, (columns, rows) in tables.items():
        connection.execute(f"create table {schema}.{name} ({columns})")
        for row in rows:
            connection.execute(f"insert into {schema}.{name} values ({', '.join('?' for _ in row)})", row)


@contextmanager
def pair_of(before: Tables | None, now: Tables) -> Iterator[Pair]:
    """Two small releases side by side, in memory."""
    with duckdb.connect() as connection:
        found = {}
        for catalog, tables in ((OLD, before), (NEW, now)):
            if tables is not None:
                connection.execute(f"attach ':memory:' as {catalog}")
                create(connection, tables, catalog)
                found[catalog] = {table.name: table for table in read_tables(connection, catalog)}
        yield Pair(connection, found.get(OLD, {}), found[NEW])


def side_of(folder: Path, tables: Tables, **facts: object) -> Side:
    """A small release on disk, without a seal."""
    folder.mkdir(parents=True)
    with duckdb.connect(folder / "nof.duckdb") as connection:
        create(connection, tables)
    side = Side(
        folder=folder,
        release_id=folder.name,
        quarter_id="2025-26-Q2",
        framework_id=FRAMEWORK,
        released_date="2026-01-01",
        is_bundled=False,
        inputs=(),
        method_sha256="m" * 64,
    )
    return replace(side, **facts)  # type: ignore[arg-type]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV as a program that knows nothing of this project reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value_of(text: str) -> str | None:
    """What a cell of `old` or `new` stands for, after docs/runbooks/difference.md."""
    if text == "":
        return None
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    return text


_PART = re.compile(r'(?P<name>\w+)=(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^;]*))(?:; |$)', re.DOTALL)


def parts_of(text: str) -> dict[str, str]:
    """What a key or a whole row stands for, after docs/runbooks/difference.md."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        assert part is not None, f"{text!r} cannot be read from {at}"
        quoted = part["quoted"]
        found[part["name"]] = part["plain"] if quoted is None else quoted.replace('""', '"')
        at = part.end()
    return found


TextRows = dict[tuple[str, ...], dict[str, str | None]]


def applied(rows: TextRows, keys: Sequence[str], changes: Sequence[Mapping[str, str]]) -> TextRows:
    """Rows of one table, as text by key, after the changes; each change has to fit what it finds."""
    after = {key: dict(row) for key, row in rows.items()}
    for change in changes:
        named = parts_of(change["key"])
        key = tuple(named[name] for name in keys)
        if change["change"] == "came":
            assert key not in after
            after[key] = dict(parts_of(change["new"]))
        elif change["change"] == "went":
            assert _present(after.pop(key)) == parts_of(change["old"])
        else:
            assert after[key].get(change["column"]) == value_of(change["old"])
            after[key][change["column"]] = value_of(change["new"])
    return {key: _present(row) for key, row in after.items()}


def undone(rows: TextRows, keys: Sequence[str], changes: Sequence[Mapping[str, str]]) -> TextRows:
    """The same backwards."""
    opposite = {"came": "went", "went": "came", "changed": "changed"}
    turned = [
        {**change, "change": opposite[change["change"]], "old": change["new"], "new": change["old"]}
        for change in changes
    ]
    return applied(rows, keys, turned)


def text_rows(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: str, keys: Sequence[str]
) -> TextRows:
    """The rows of a table as SQL casts them to text, without what is null."""
    result = connection.execute(f"select columns(*)::varchar from {catalog}.publication.{table}")
    names = [column[0] for column in result.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {
        tuple(row[name] for name in keys): _present({n: v for n, v in row.items() if n not in keys})
        for row in rows
    }


def _present(row: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in row.items() if value is not None}


def put_out(
    home: Home,
    release_id: str,
    tables: Tables,
    *,
    previous: Path | None = None,
    comment: str = "",
    **facts: object,
) -> Path:
    """A small sealed release in a home, promoted as a run does it; `comment` is the one of `things`."""
    made = Candidate(
        folder=home.build / release_id / "candidate",
        release_id=release_id,
        framework_id=FRAMEWORK,
        quarter_id="2025-26-Q2",
        inputs=(InputEntry("a" * 64, "acute.csv", "oversight_data", date(2026, 1, 1)),),
        previous=previous,
        released_date=date(2026, 1, 1),
    )
    made = replace(made, **facts)  # type: ignore[arg-type]
    made.folder.mkdir(parents=True)
    with duckdb.connect(made.database) as connection:
        create(connection, tables)
        if comment:
            connection.execute(f"comment on table publication.things is '{comment}'")
    write_seal(made, row_counts=dict.fromkeys(tables, 1), trust_count=1)
    return promote(
        candidate=made.folder,
        home=home,
        quarter_id=made.quarter_id,
        release_id=release_id,
        framework_is_in_force=True,
    )
