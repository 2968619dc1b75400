"""The workbook keeps the Analysis Function's rules, and the check of them fails on one that does not."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from harness_workbook import faults_of_ods, faults_of_xlsx
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from nof.companions import workbook
from nof.companions.workbook.model import Book, Column, Link, Section, Sheet
from nof.companions.workbook.ods import write_ods
from nof.companions.workbook.shorthand import Shorthand, read_shorthand
from nof.companions.workbook.xlsx import write_xlsx
from nof.described import read_described
from nof.project import read_seed
from nof.release.errors import ReleaseRefused

SMALL = Sheet(
    name="Segments",
    title="Segments, England [p]",
    about=(
        "This worksheet contains one table. Some headings refer to notes, which are on the worksheet Notes.",
        "Some shorthand is used in this worksheet: [x] not available; [p] provisional.",
        Link("Go to the contents", "Contents"),
    ),
    columns=(Column("Code", 9), Column("Name  of it", 20), Column("Score [note 1]", 10)),
    rows=[
        ("RAA", "A <B> & C  D\nE", Decimal("1.50")),
        ("RBB", "Plain", "[x]"),
        ("RCC", "=1+1", Decimal("-12.25")),
    ],
)
BOOK = Book(
    title="Segments of the trusts",
    subject="Not an NHS England publication.",
    keywords=("segments",),
    author="The project",
    made_on=date(2026, 7, 1),
    cover=(
        Section("Introductory information", ("Not an NHS England publication.",)),
        Section("About these data", ("Release: abc.",)),
        Section("Licence", (Link("Open Government Licence v3.0", "https://example.org/"),)),
    ),
    sheets=(
        Sheet(
            "Contents",
            "Table of contents",
            ("This worksheet contains one table.",),
            (Column("Worksheet"), Column("What is in it")),
            [(Link("Segments", "Segments"), "Segments, England")],
        ),
        Sheet(
            "Notes", "Notes", ("One table.",), (Column("Note"), Column("Text")), [("note 1", "From 1 to 4.")]
        ),
        SMALL,
    ),
)


@pytest.mark.parametrize("name", ["bundled_release", "real_release"])
def test_the_workbook_of_a_release_keeps_every_rule(name: str, request: pytest.FixtureRequest) -> None:
    release: Path = request.getfixturevalue(name)
    assert faults_of_xlsx(release / workbook.XLSX) == []
    assert faults_of_ods(release / workbook.ODS) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    write_xlsx(BOOK, path)
    return path


def test_a_small_workbook_keeps_every_rule(small: Path) -> None:
    write_ods(BOOK, small.with_suffix(".ods"))
    assert faults_of_xlsx(small) == []
    assert faults_of_ods(small.with_suffix(".ods")) == []


def _empty_cell(book: Workbook) -> None:
    book["Segments"]["C7"] = None


def _empty_row(book: Workbook) -> None:
    book["Segments"]["A3"] = None


def _merged(book: Workbook) -> None:
    book["Segments"].merge_cells("A1:B1")


def _frozen(book: Workbook) -> None:
    book["Segments"].freeze_panes = "A6"


def _coloured(book: Workbook) -> None:
    book["Segments"]["A6"].fill = PatternFill("solid", fgColor="FFFF00")


def _below(book: Workbook) -> None:
    book["Segments"]["A9"] = "A remark below the table"


def _unmarked(book: Workbook) -> None:
    del book["Segments"].tables["Segments_table"]


def _unexplained(book: Workbook) -> None:
    book["Segments"]["C6"] = "[z]"


def _unknown_note(book: Workbook) -> None:
    book["Segments"]["C5"] = "Score [note 7]"


def _no_heading(book: Workbook) -> None:
    book["Segments"]["A1"].style = "Normal"


def _no_title(book: Workbook) -> None:
    book.properties.title = None


def _small_font(book: Workbook) -> None:
    cell = book["Segments"]["B6"]
    cell.font = replace_font(cell.font)


def replace_font(font: openpyxl.styles.Font) -> openpyxl.styles.Font:
    return openpyxl.styles.Font(name=font.name, size=8)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_empty_cell, "Segments: a cell of the table is empty"),
        (_empty_row, "Segments: a row above the table is empty"),
        (_merged, "Segments: cells are merged"),
        (_frozen, "Segments: panes are frozen or rows are filtered"),
        (_coloured, "Segments: A6 has a background"),
        (_below, "Segments: the table does not begin in column A or something is beside or below it"),
        (_unmarked, "Segments: there are 0 tables"),
        (_unexplained, "Segments: [z] is not explained"),
        (_unknown_note, "Segments: note 7 is not on the sheet of notes"),
        (_no_heading, "Segments: A1 is not a title marked as a heading"),
        (_no_title, "the document has no title"),
        (_small_font, "Segments: B6 is in Arial of 8.0"),
    ],
)
def test_the_check_of_the_xlsx_names_each_fault(
    small: Path, spoil: Callable[[Workbook], None], fault: str
) -> None:
    book = openpyxl.load_workbook(small)
    spoil(book)
    book.save(small)
    assert fault in faults_of_xlsx(small)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rows": [("RAA", "", Decimal("1"))]}, "Segments: a cell is empty"),
        ({"rows": [("RAA", "A", "[c]")]}, "Segments: [c] is not explained"),
        (
            {"rows": [("RAA", "A", "[q]")], "about": ("One. [q]",)},
            "Segments: [q] is not shorthand of the guidance",
        ),
    ],
)
def test_the_check_of_the_ods_names_each_fault(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    spoilt = replace(SMALL, **change)  # type: ignore[arg-type]
    write_ods(replace(BOOK, sheets=(*BOOK.sheets[:2], spoilt)), tmp_path / "spoilt.ods")
    assert fault in faults_of_ods(tmp_path / "spoilt.ods")


def test_the_same_workbook_gives_the_same_bytes_in_one_process(tmp_path: Path) -> None:
    for write, ending in ((write_xlsx, "xlsx"), (write_ods, "ods")):
        paths = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
        for path in paths:
            write(BOOK, path)
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_status_of_a_missing_figure_has_shorthand() -> None:
    shorthand = read_shorthand()
    statuses = {row["cell_status"] for row in read_seed("framework", "cell_statuses")} - {"scored", "in_hand"}
    assert {status: shorthand.of("cell_status", status) for status in statuses} == {
        "suppressed": "[c]",
        "not_reported": "[x]",
        "absent": "[x]",
        "not_applicable": "[z]",
        "excluded": "[z]",
    }


def test_a_figure_without_a_reason_stops_the_workbook() -> None:
    shorthand = Shorthand({("figure", "empty"): "[x]"}, {"[x]": "not available"})
    with pytest.raises(ReleaseRefused, match="no row for cell_status 'withheld'"):
        shorthand.of("cell_status", "withheld")
    with pytest.raises(ReleaseRefused, match=r"uses \[z\] and explains none"):
        shorthand.line({"[x]", "[z]"})
    assert shorthand.line({"[x]"}) == "Some shorthand is used in this worksheet: [x] not available."


def test_every_status_that_leaves_a_cell_without_a_number_has_its_shorthand() -> None:
    """A status that only some files lead to must not be met for the first time by a run."""
    (table,) = (each for each in read_described().values() if each.name == "fct_domain")
    (column,) = (each for each in table.columns if each.name == "domain_status")
    (listed,) = (re.findall("'([a-z_]+)'", check) for check in column.checks if " in (" in check)
    domains = set(listed) - {"scored"}
    # Contextual metrics, which alone can be in hand without a score, have no sheet.
    cells = {row["cell_status"] for row in read_seed("framework", "cell_statuses")} - {"scored", "in_hand"}
    assert (len(domains), len(cells)) == (2, 5)
    shorthand = read_shorthand()
    assert {kind_cause for kind_cause in shorthand.by_cause if kind_cause[0] != "figure"} == {
        *(("domain_status", status) for status in domains),
        *(("cell_status", status) for status in cells),
    }
