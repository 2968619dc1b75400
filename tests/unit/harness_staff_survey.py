"""A small workbook of NHS Staff Survey results, laid out as the 2024 one is, and its staging view."""

import io
from typing import Any

import duckdb
import openpyxl
from harness_sources import staging_query

from nof.landing.lookups import read_lookups
from nof.landing.model import Readable
from nof.landing.publications.staff_survey_layout import BASE, RESULTS
from nof.landing.reader import read_file

NAME = "results.xlsx"
HEADER = 4
Grid = list[list[Any]]
Book = dict[str, Grid]


def results_of(sheet: str) -> Grid:
    """Score and respondents of each result: sub-scores 6.25, 6.5, …, and elements their exact average."""
    names = list(RESULTS[sheet])
    cells: Grid = []
    for name in names:
        opening = {"Staff Engagement": "E_", "Morale": "M_"}.get(name, f"{name}_")
        count = sum(other.startswith(opening) for other in names)
        place = int(name[-1]) if "_" in name else 0
        cells.append([6 + (place or (count + 1) / 2) / 4, 100 + place])
    return cells


def small_book() -> Book:
    """Two trusts and an ICB, laid out as the 2024 workbook is."""
    book: Book = {"Notes": [["NHS Staff Survey 2024 - Detailed Spreadsheets"]]}
    for sheet, labels in RESULTS.items():
        titles: list[Any] = ["NHS Staff Survey 2024 - WEIGHTED Results", *[""] * 5]
        heads: list[Any] = [
            "ODS code",
            "Organisation name",
            "Benchmarking group",
            "Region",
            "ICS",
            "Weighting",
        ]
        for result_id, label in labels.items():
            titles += [f"{result_id} - {label}", ""]
            heads += [f"{result_id} - score", BASE]
        rows = [
            ["ZZ1", "Invented Trust", "Community Trusts", "London", "-", "Occupation Group"],
            [
                "ZZ22",
                "Invented Trust (ambulance sector)",
                "Ambulance Trusts",
                "London",
                "-",
                "Occupation Group",
            ],
            ["ZX1", "Invented ICB", "ICBs", "-", "-", "Unweighted"],
        ]
        for row in rows:
            row.extend(cell for pair in results_of(sheet) for cell in pair)
        book[sheet] = [titles, [f"{sheet} all"], ["\nNote: fewer than 10 …"], [], heads, *rows]
    return book


def bytes_of(book: Book) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in book.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(book: Book) -> Readable | list[str]:
    found = read_file(NAME, bytes_of(book), read_lookups())
    return found if isinstance(found, Readable) else [str(problem) for problem in found]


def readable(book: Book) -> Readable:
    found = read(book)
    assert isinstance(found, Readable), found
    return found


def place_of(book: Book, sheet: str, heading: str) -> int:
    return int(book[sheet][HEADER].index(heading))


def stage(con: duckdb.DuckDBPyConnection) -> None:
    """Put what is landed through the staging view, as table `survey`."""
    con.execute(f"create table survey as {staging_query('stg_nhse__staff_survey_results')}")
