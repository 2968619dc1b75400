"""What an engine refuses before anything is built, and what it leaves alone: on real servers and folders."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from engines.harness_made import choice_of
from nof.engines import Choice, EngineFailed, EngineRefused
from nof.engines.postgres_engine import PostgresEngine
from nof.engines.spark_engine import MARK, SparkEngine

pytestmark = pytest.mark.quick


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Choice]:
    """A database of the test's own on the server."""
    yield from _database(tmp_path, "nof_refused", "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'")


@pytest.fixture
def dictionary(tmp_path: Path) -> Iterator[Choice]:
    """One that orders texts as a dictionary does."""
    yield from _database(tmp_path, "nof_dictionary", "locale_provider icu icu_locale 'en-GB'")


def _database(folder: Path, name: str, order: LiteralString) -> Iterator[Choice]:
    server = choice_of("postgres", folder).address
    create = sql.SQL("create database {} template template0 encoding 'UTF8' " + order)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(create.format(sql.Identifier(name)))
        try:
            yield Choice("postgres", urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
        finally:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def test_a_server_that_is_not_there_is_refused_without_its_password() -> None:
    with pytest.raises(EngineRefused, match="No connection") as refused:
        PostgresEngine(Choice("postgres", "postgresql://nof:geheim@127.0.0.1:1/nof_build"))
    assert "geheim" not in str(refused.value)


def test_one_run_at_a_time_holds_a_database(database: Choice) -> None:
    first = PostgresEngine(database)
    with pytest.raises(EngineRefused, match="Another run is at work in the database nof_refused"):
        PostgresEngine(database)
    first.close()
    PostgresEngine(database).close()


def test_a_database_that_orders_texts_as_a_dictionary_does_is_refused(dictionary: Choice) -> None:
    with pytest.raises(EngineRefused, match="orders texts by the rules of a language"):
        PostgresEngine(dictionary)


def test_schemas_that_no_run_has_made_are_left_alone(database: Choice, build: Path) -> None:
    with psycopg.connect(database.address, autocommit=True) as connection:
        connection.execute("create schema staging")
        connection.execute("create table staging.somebodys as select 1 as value")
    engine = PostgresEngine(database)
    try:
        with pytest.raises(EngineRefused, match="that no run has made: staging"):
            engine.write_landing(build)
    finally:
        engine.close()
    with psycopg.connect(database.address) as connection:
        assert connection.execute("select value from staging.somebodys").fetchall() == [(1,)]
        assert connection.execute("select to_regnamespace('landing')").fetchall() == [(None,)]


def test_what_an_earlier_run_has_made_is_made_anew(database: Choice, build: Path) -> None:
    for _ in range(2):
        engine = PostgresEngine(database)
        engine.write_landing(build)
        engine.execute("create table scoring.left_over as select 1 as value")
        engine.close()
    with psycopg.connect(database.address) as connection:
        rows = connection.execute("select * from landing.odd order by line").fetchall()
    # A line break, quotes, an empty text and an absent one arrive as they are.
    assert rows == [("1", 'a "b", c\nd'), ("2", ""), ("3", None), ("4", "\\N \\. Ÿ\u00a0")]


def test_a_query_that_fails_is_said_in_a_line(database: Choice, tmp_path: Path) -> None:
    engine = PostgresEngine(database)
    with pytest.raises(EngineFailed, match=r'PostgreSQL: relation "nowhere.at_all" does not exist'):
        engine.answer("select * from nowhere.at_all", tmp_path)
    engine.close()


def test_a_folder_that_no_run_has_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "somebodys.txt").write_text("kept")
    with pytest.raises(EngineRefused, match="holds files that no run has put there"):
        SparkEngine(Choice("spark", folder=tmp_path), tmp_path)
    assert (tmp_path / "warehouse" / "somebodys.txt").read_text() == "kept"
    assert not (tmp_path / MARK).exists()


def test_without_java_spark_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert shutil.which("java") is None
    with pytest.raises(EngineRefused, match=r"Spark needs Java 17 or 21, and there is none\. Install it"):
        SparkEngine(Choice("spark"), tmp_path)


def test_spark_takes_the_landed_rows_as_they_are_and_says_what_fails(tmp_path: Path, build: Path) -> None:
    engine = SparkEngine(Choice("spark", folder=tmp_path / "spark"), tmp_path)
    try:
        with pytest.raises(EngineRefused, match="Another run is at work"):
            SparkEngine(Choice("spark", folder=tmp_path / "spark"), tmp_path)
        engine.write_landing(build)
        rows = [tuple(row) for row in engine.execute("select * from landing.odd order by line").collect()]
        assert rows == [("1", 'a "b", c\nd'), ("2", ""), ("3", None), ("4", "\\N \\. Ÿ\u00a0")]
        with pytest.raises(EngineFailed, match=r"Spark: .*nowhere.*cannot be found"):
            engine.answer("select * from nowhere.at_all", tmp_path)
    finally:
        engine.close()


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build file with a landing table of texts that are easily damaged on the way."""
    import duckdb

    path = tmp_path / "build.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema landing; create table landing.odd (line varchar, said varchar)")
        connection.executemany(
            "insert into landing.odd values (?, ?)",
            [("1", 'a "b", c\nd'), ("2", ""), ("3", None), ("4", "\\N \\. Ÿ\u00a0")],
        )
    return path
