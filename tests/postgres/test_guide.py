"""docs/guides/postgresql.md, run on the server as written; what it prints is held against the files."""

import configparser
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from clients.blocks import Block, read_guide
from clients.check import check_outputs
from clients.figures import Figures
from clients.running import at_bench, run_page
from postgres.harness_push import server_url, whole_release

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "guides" / "postgresql.md"
DATABASE = "oversight"
ROLES = ("the_dashboard", "nof_pusher", "nof_reader")


@pytest.fixture
def oversight() -> Iterator[str]:
    """The database that the page names, empty; it and the roles that the page makes are gone afterwards."""
    server, name = server_url(), sql.Identifier(DATABASE)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(name))
    yield server
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(name))
        for role in ROLES:
            admin.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(role)))


def service_file(blocks: list[Block], server: str) -> configparser.ConfigParser:
    """The page's service file with the address of this server, and its administrator's password."""
    (written,) = [block for block in blocks if block.language == "ini"]
    services = configparser.ConfigParser(interpolation=None)
    services.read_string(written.text)
    place = urlsplit(server)
    for name in services.sections():
        services[name].update({"host": str(place.hostname), "port": str(place.port)})
    services["oversight_admin"].update({"user": str(place.username), "password": str(place.password)})
    return services


def test_the_page_works_as_written(
    oversight: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = whole_release(request, "bundled")
    shutil.copytree(release.parents[2], tmp_path / "warehouse", symlinks=True)
    blocks = read_guide(PAGE)
    services = tmp_path / "services.conf"
    with services.open("w", encoding="utf-8") as file:
        service_file(blocks, oversight).write(file, space_around_delimiters=False)
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    with at_bench(tmp_path, [Path(sys.executable).parent]) as bench:
        printed = run_page(blocks, bench)
    check_outputs(blocks, printed, Figures(release))
