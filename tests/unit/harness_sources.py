"""What tests of source publications share: a file read as landing reads it, and its rows through staging."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import openpyxl
from harness_macros import ROOT, macros

from nof.errors import Problem
from nof.landing.columns import LANDING_TABLES
from nof.landing.lookups import read_lookups
from nof.landing.model import Readable
from nof.landing.reader import read_file


def read(name: str, content: bytes) -> Readable | list[Problem]:
    """A file as landing reads it, whatever it is told to be by its shape."""
    return read_file(name, content, read_lookups())


def readable(name: str, content: bytes) -> Readable:
    found = read(name, content)
    assert isinstance(found, Readable), [str(problem) for problem in found]
    return found


def problems(content: bytes, name: str = "file") -> list[Problem]:
    found = read(name, content)
    assert not isinstance(found, Readable), "the file was taken"
    return found


def published(folder: Path, ending: str) -> list[Readable]:
    """Every real file of a folder, by name."""
    paths = sorted(folder.glob(f"*.{ending}"))
    assert paths, f"{folder} has no file"
    return [readable(path.name, path.read_bytes()) for path in paths]


def staged(model: str, files: Iterable[Readable]) -> duckdb.DuckDBPyConnection:
    """A database in memory with a staging model as table `staged`, over the files alone."""
    import pyarrow

    files = list(files)
    kind = files[0].file_kind
    names = LANDING_TABLES[kind]
    rows = [
        (str(place), str(number), "true", *cells)
        for place, file in enumerate(files)
        for number, cells in zip(file.table.row_numbers, file.table.rows, strict=True)
    ]
    con = duckdb.connect()
    con.execute("create schema landing")
    columns = [pyarrow.array(column, type=pyarrow.string()) for column in zip(*rows, strict=True)]
    con.register("given", pyarrow.table(columns, names=list(names)))
    con.execute(f"create table landing.{kind} as from given")
    con.unregister("given")
    con.execute(f"create table staged as {staging_query(model)}")
    return con


def staging_query(model: str) -> str:
    """A staging model as a query over the landing tables, rendered without dbt."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals.update(vars(macros()))
    environment.globals["source"] = lambda schema, table: f"{schema}.{table}"
    text = (ROOT / "models" / "staging" / f"{model}.sql").read_text(encoding="utf-8")
    return environment.from_string(text).render()


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A small workbook of some sheets, each given by its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()
