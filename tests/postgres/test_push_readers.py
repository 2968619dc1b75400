"""Readers in the middle of something while a push goes on: which release they see, and whether they wait."""

import time
from typing import Any

import psycopg
import pytest

from nof.home import Home
from nof.postgres import PushRefused
from postgres.harness_push import ONE, Q1, Q2, TABLES, TWO, Database, make_release, rows

MARKS = (
    "select release_id from nof.dim_release",
    "select release_id from nof.release_state",
    "select distinct trust_name from nof.dim_trust where trust_code = 'ZZB'",
    "select distinct note from nof.fct_segment where trust_code = 'ZZB'",
)
WITHOUT_NOTE = {name: text.replace(" note varchar,", "") for name, text in TABLES.items()}
WITHOUT_NOTE["fct_segment"] = WITHOUT_NOTE["fct_segment"].replace(
    "check (note in ('', 'none', 'it''s') or note is null or length(note) >= 2 or \"rank\" < 4), ", ""
)


def marked(release_id: str) -> dict[str, list[tuple[object, ...]]]:
    """Rows from which one can tell the release in every table."""
    contents = rows(release_id)
    contents["dim_trust"] = [
        (*row[:2], release_id if row[1] == "ZZB" else row[2], *row[3:]) for row in contents["dim_trust"]
    ]
    contents["fct_segment"] = [
        (*row[:6], release_id if row[1] == "ZZB" else row[6]) for row in contents["fct_segment"]
    ]
    return contents


def seen(reader: "psycopg.Connection[tuple[Any, ...]]", marks: tuple[str, ...] = MARKS) -> list[str]:
    """The release as each table shows it; a table without rows shows none."""
    found = [reader.execute(query).fetchall() for query in marks]  # type: ignore[arg-type]
    return [" ".join(str(cell) for row in each for cell in row) for each in found]


@pytest.fixture
def two(database: Database, home: Home) -> Database:
    """The first release is there, and the second one is made."""
    make_release(home, Q1, ONE, contents=marked(ONE))
    database.push(home)
    make_release(home, Q2, TWO, contents=marked(TWO))
    return database


def test_a_transaction_sees_one_release_to_its_end_and_nobody_waits(two: Database, home: Home) -> None:
    with two.reader() as reader, two.reader() as other:
        reader.execute("begin isolation level repeatable read, read only")
        assert reader.execute(MARKS[0]).fetchall() == [(ONE,)]  # type: ignore[arg-type]
        other.execute("begin")
        assert seen(other) == [ONE] * 4
        began = time.monotonic()
        two.push(home)
        assert time.monotonic() - began < 4, "a push of a few rows waited for a reader"
        assert seen(reader) == [ONE] * 4
        assert seen(other) == [TWO] * 4  # read committed: each statement by itself
        reader.execute("commit")
        assert seen(reader) == [TWO] * 4


def test_a_statement_that_began_before_goes_on_with_what_it_saw(two: Database, home: Home) -> None:
    with two.reader() as reader, reader.transaction(), reader.cursor(name="slow") as cursor:
        cursor.execute(
            "select r.release_id, t.trust_name from nof.dim_release as r cross join nof.dim_trust as t "
            "cross join generate_series(1, 50000) order by t.trust_code"
        )
        first = cursor.fetchmany(10)
        two.push(home)
        rest = cursor.fetchall()
    assert {release for release, _ in [*first, *rest]} == {ONE}
    assert {name for _, name in rest} >= {ONE}
    assert TWO not in {name for _, name in rest}


def test_a_transaction_from_before_a_swap_finds_the_new_tables_full(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE, contents=marked(ONE))
    database.push(home)
    contents = marked(TWO)
    contents["fct_segment"] = [row[:6] for row in contents["fct_segment"]]
    make_release(home, Q2, TWO, tables=WITHOUT_NOTE, contents=contents)
    with database.reader() as reader:
        reader.execute("begin isolation level repeatable read, read only")
        reader.execute("select 1")  # the moment that the transaction goes on to see
        result = database.push(home)
        assert result.plan.is_swap
        assert seen(reader, MARKS[:3]) == [TWO] * 3
        assert reader.execute("select count(*) from nof.fct_segment").fetchall() == [(3,)]
        reader.execute("commit")


def test_a_plain_exchange_of_names_would_show_that_transaction_empty_tables(database: Database) -> None:
    """Why the swap freezes its rows: the same exchange without it, and what a reader then sees."""
    with database.admin() as admin, database.admin() as reader:
        admin.execute("create schema nof; create table nof.a as select 'old' as release")
        reader.execute("begin isolation level repeatable read, read only")
        reader.execute("select 1")
        admin.execute(
            "begin; create schema nof_new; create table nof_new.a as select 'new' as release; "
            "drop schema nof cascade; alter schema nof_new rename to nof; commit"
        )
        assert reader.execute("select release from nof.a").fetchall() == []


def test_a_swap_waits_for_a_transaction_that_is_reading_and_names_it(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE, contents=marked(ONE))
    database.push(home)
    contents = marked(TWO)
    contents["fct_segment"] = [row[:6] for row in contents["fct_segment"]]
    make_release(home, Q2, TWO, tables=WITHOUT_NOTE, contents=contents)
    with database.reader() as reader:
        reader.execute("set application_name = 'board pack'")
        reader.execute("begin isolation level repeatable read, read only")
        assert reader.execute(MARKS[0]).fetchall() == [(ONE,)]  # type: ignore[arg-type]
        with pytest.raises(
            PushRefused,
            match=r"in use for 1 seconds on end\. Just now: process \d+ of person_\w+ \(board pack\)",
        ):
            database.push(home, patience_seconds=1.0)
        assert seen(reader) == [ONE] * 4
        reader.execute("commit")
        database.push(home)
        assert seen(reader, MARKS[:3]) == [TWO] * 3


def test_a_transaction_from_before_an_added_column_sees_its_release_with_the_column_empty(
    database: Database, home: Home
) -> None:
    contents = marked(ONE)
    contents["fct_segment"] = [row[:6] for row in contents["fct_segment"]]
    make_release(home, Q1, ONE, tables=WITHOUT_NOTE, contents=contents)
    database.push(home)
    make_release(home, Q2, TWO, contents=marked(TWO))
    with database.reader() as reader:
        reader.execute("begin isolation level repeatable read, read only")
        assert reader.execute(MARKS[0]).fetchall() == [(ONE,)]  # type: ignore[arg-type]
        database.push(home)
        assert seen(reader, MARKS[:3]) == [ONE] * 3
        assert reader.execute("select count(*), count(note) from nof.fct_segment").fetchall() == [(3, 0)]
        reader.execute("commit")
        assert seen(reader) == [TWO] * 4
