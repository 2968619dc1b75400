"""The DuckDB file of a release opens in the oldest client that the manifest names, and in those since."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clients.conftest import environment_at
from nof.release.database import OLDEST_CLIENT, STORAGE_VERSION

# The oldest one that is promised, and one of each line since.
VERSIONS = (OLDEST_CLIENT, "1.1.3", "1.2.2", "1.3.2", "1.4.1")
# Cannot read a primary key that a newer DuckDB wrote.
TOO_OLD = "1.0.0"

# Every table read whole, in the client's own process; prints how many rows of each.
READ = """
import duckdb, json, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
names = [name for (name,) in connection.execute(
    "select table_name from information_schema.tables where table_schema = 'publication'").fetchall()]
print(json.dumps({n: len(connection.execute(f'select * from publication."{n}"').fetchall()) for n in names}))
"""


def read_with(version: str, database: Path) -> subprocess.CompletedProcess[str]:
    """Read a database with a client of this version, installed once in the environment of the guides."""
    programs = environment_at("NOF_CLIENTS", "clients")
    place = programs.parent / f"duckdb-{version}"
    if not (place / "duckdb").is_dir():
        install = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        wanted = ["--no-deps", "--only-binary", ":all:", "--target", str(place), f"duckdb=={version}"]
        subprocess.run([*install, *wanted], check=True)
    return subprocess.run(
        [sys.executable, "-c", READ, str(database)],
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_client_reads_every_table(release: Path, version: str) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["oldest_duckdb_client"] == OLDEST_CLIENT
    assert manifest["duckdb_storage_version"] == STORAGE_VERSION
    done = read_with(version, release / "nof.duckdb")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == manifest["tables"]


def test_the_one_before_the_oldest_cannot(release: Path) -> None:
    done = read_with(TOO_OLD, release / "nof.duckdb")
    assert done.returncode != 0
