"""A server that sorts texts as a dictionary does would take other rows for the newest: dbt refuses it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from harness_session import ROOT

pytestmark = pytest.mark.quick
DATABASE = "sorted_by_words"


@pytest.fixture
def sorted_by_words() -> Iterator[str]:
    """The address of a database of the server in which small letters come before capitals."""
    server = os.environ["NOF_POSTGRES_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            f"create database {DATABASE} template template0 encoding 'UTF8' "
            "locale_provider icu icu_locale 'en-GB' locale 'C.UTF-8'"
        )
        try:
            yield server
        finally:
            connection.execute(f"drop database {DATABASE} with (force)")


@pytest.mark.parametrize(("database", "is_taken"), [(DATABASE, False), ("postgres", True)])
def test_only_a_database_that_sorts_by_bytes_is_built_in(
    sorted_by_words: str, database: str, is_taken: bool, tmp_path: Path
) -> None:
    address = urlsplit(sorted_by_words)
    settings = {
        "NOF_ENGINE_HOST": str(address.hostname),
        "NOF_ENGINE_PORT": str(address.port),
        "NOF_ENGINE_USER": str(address.username),
        "NOF_ENGINE_PASSWORD": str(address.password),
        "NOF_ENGINE_DATABASE": database,
    }
    places = ["--profiles-dir", str(ROOT), "--target-path", str(tmp_path), "--log-path", str(tmp_path)]
    built = subprocess.run(
        [
            Path(sys.executable).parent / "dbt",
            "seed",
            "--select",
            "score_bases",
            "--target",
            "postgres",
            *places,
        ],
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode == 0) is is_taken
    assert ("create database nof template template0" in built.stdout) is not is_taken
