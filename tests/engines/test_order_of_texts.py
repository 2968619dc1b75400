"""A server that sorts texts as a dictionary does would take other rows for the newest: dbt refuses it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from harness_session import ROOT

pytestmark = pytest.mark.quick
# How a database of its own is told to sort texts, and whether dbt builds there.
ORDERS: tuple[tuple[str, LiteralString, bool], ...] = (
    ("sorted_by_words", "locale_provider icu icu_locale 'en-GB' locale 'C.UTF-8'", False),
    ("sorted_by_bytes", "lc_collate 'C' lc_ctype 'C'", True),
)


@contextmanager
def new_database(name: str, order: LiteralString) -> Iterator[str]:
    """The address of a server that has, for a while, this database; the other tests' is left as it is."""
    server = os.environ["NOF_POSTGRES_URL"]
    create = sql.SQL("create database {} template template0 encoding 'UTF8' " + order)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name)))
        try:
            yield server
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.mark.parametrize(("database", "order", "is_taken"), ORDERS)
def test_only_a_database_that_sorts_by_bytes_is_built_in(
    database: str, order: LiteralString, is_taken: bool, tmp_path: Path
) -> None:
    with new_database(database, order) as server:
        built = seeded(server, database, tmp_path)
    assert (built.returncode == 0) is is_taken
    assert ("create database nof template template0" in built.stdout) is not is_taken


def seeded(server: str, database: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What dbt says to loading one seed."""
    address = urlsplit(server)
    settings = {
        "NOF_ENGINE_HOST": str(address.hostname),
        "NOF_ENGINE_PORT": str(address.port),
        "NOF_ENGINE_USER": str(address.username),
        "NOF_ENGINE_PASSWORD": str(address.password),
        "NOF_ENGINE_DATABASE": database,
    }
    places = ["--profiles-dir", str(ROOT), "--target-path", str(folder), "--log-path", str(folder)]
    dbt = Path(sys.executable).parent / "dbt"
    return subprocess.run(
        [dbt, "seed", "--select", "score_bases", "--target", "postgres", *places],
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
