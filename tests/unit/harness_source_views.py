"""A source publication in a test: read as landing reads it, and its staging view over what is landed."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
from harness_sources import staging_query

from nof.errors import Problem
from nof.home import Home
from nof.landing import Landed, land, write_landing
from nof.landing.lookups import read_lookups
from nof.landing.model import Readable
from nof.landing.opened import open_file
from nof.landing.publications import publication_of

FILE = "as-published.xlsx"


def bytes_of(workbook: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def read_publication(content: bytes) -> Readable | list[Problem]:
    """What landing makes of a file of a source publication."""
    opened = open_file(content)
    publication = publication_of(opened)
    assert publication is not None, "no publication knows this file"
    return publication.read(FILE, opened, read_lookups())


def told(content: bytes) -> list[str]:
    """The problems of a file that is refused, as they are shown."""
    found = read_publication(content)
    assert isinstance(found, list), "the file was read"
    return [str(problem) for problem in found]


def readable(content: bytes) -> Readable:
    """A file that is not refused."""
    found = read_publication(content)
    assert isinstance(found, Readable), "\n".join(map(str, found))
    return found


def landed_from(folder: Path, files: Sequence[Path]) -> Landed:
    """Land copies of some files in a home of their own."""
    inbox = folder / "inbox"
    inbox.mkdir()
    for path in files:
        (inbox / path.name).write_bytes(path.read_bytes())
    return land(Home(folder / "home"), [inbox], today=date(2026, 7, 1))


def staged(landed: Landed, model: str) -> duckdb.DuckDBPyConnection:
    """A database in memory with the landing tables and one staging model as the table `staged`."""
    connection = duckdb.connect(config={"threads": 1})
    write_landing(connection, landed, framework_id=None, quarter_id=None)
    connection.execute(f"create table staged as {staging_query(model)}")
    return connection
