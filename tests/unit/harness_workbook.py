"""The Analysis Function's rules for spreadsheets as code: what is wrong with a workbook, in words."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

SHORTHAND = re.compile(r"\[[a-z]+\]")
NOTE = re.compile(r"\[(note \d+)\]")
SANS_SERIF = {"Arial", "Calibri"}
# Shorthand of the Analysis Function that this workbook can need.
KNOWN = {"[c]", "[p]", "[r]", "[x]", "[z]"}

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def faults_of_xlsx(path: Path) -> list[str]:
    """Everything in an XLSX that the guidance forbids."""
    book = openpyxl.load_workbook(path)
    found = []
    about = book.properties
    for name, value in (("title", about.title), ("creator", about.creator), ("language", about.language)):
        if not value:
            found.append(f"the document has no {name}")
    if book.active is not book.worksheets[0]:
        found.append("the workbook does not open on its first sheet")
    notes = {row[0].value for row in book["Notes"].iter_rows()} if "Notes" in book.sheetnames else set()
    for sheet in book.worksheets:
        found += [f"{sheet.title}: {fault}" for fault in _of_sheet(sheet, notes)]
    return found


def _of_sheet(sheet: Worksheet, notes: set[object]) -> Iterator[str]:
    title = sheet["A1"]
    if sheet.title != sheet.title.strip() or len(sheet.title) > 31:
        yield "the name is too long or has spaces around it"
    if not title.value or title.style != "Heading 1":
        yield "A1 is not a title marked as a heading"
    if sheet.merged_cells.ranges:
        yield "cells are merged"
    if sheet.freeze_panes or sheet.auto_filter.ref:
        yield "panes are frozen or rows are filtered"
    if any(each.hidden for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())):
        yield "a row or column is hidden"
    for row in sheet.iter_rows():
        for cell in row:
            yield from _of_cell(cell)
    if sheet.title == "Cover":
        if any(sheet.cell(number, 1).value is None for number in range(1, sheet.max_row + 1)):
            yield "a row is empty"
    elif len(sheet.tables) != 1:
        yield f"there are {len(sheet.tables)} tables"
    else:
        yield from _of_table(sheet, notes)


def _of_table(sheet: Worksheet, notes: set[object]) -> Iterator[str]:
    (table,) = sheet.tables.values()
    left, top, right, bottom = range_boundaries(table.ref)
    if left != 1 or bottom != sheet.max_row or right != sheet.max_column:
        yield "the table does not begin in column A or something is beside or below it"
    if table.autoFilter is not None:
        yield "the table has filters"
    if any(sheet.cell(number, 1).value is None for number in range(1, top)):
        yield "a row above the table is empty"
    cells = list(sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True))
    if len(set(cells[0])) != len(cells[0]):
        yield "two headings are the same"
    if any(value is None or value == "" for row in cells for value in row):
        yield "a cell of the table is empty"
    above = " ".join(str(sheet.cell(number, 1).value) for number in range(1, top))
    yield from _of_marks(above, [str(value) for row in cells for value in row], notes)


def _of_marks(above: str, cells: list[str], notes: set[object]) -> Iterator[str]:
    """Shorthand and notes are explained where a reader looks for them."""
    key = above.partition("Some shorthand is used in this worksheet:")[2]
    explained = set(SHORTHAND.findall(key))
    used = {cell for cell in cells if SHORTHAND.fullmatch(cell)} | set(SHORTHAND.findall(above))
    for mark in sorted(used - explained):
        yield f"{mark} is not explained"
    for mark in sorted((used | explained) - KNOWN):
        yield f"{mark} is not shorthand of the guidance"
    for note in sorted({note for cell in cells for note in NOTE.findall(cell)} - notes):
        yield f"{note} is not on the sheet of notes"


def _of_cell(cell: openpyxl.cell.Cell) -> Iterator[str]:
    if cell.value is None:
        return
    font = cell.font
    if font.name not in SANS_SERIF or font.size < 12:
        yield f"{cell.coordinate} is in {font.name} of {font.size}"
    if cell.fill.fill_type is not None:
        yield f"{cell.coordinate} has a background"
    if font.color is not None and font.color.type == "rgb" and not cell.hyperlink:
        yield f"{cell.coordinate} has a colour"
    if cell.data_type == "f":
        yield f"{cell.coordinate} is a formula"


def faults_of_ods(path: Path) -> list[str]:
    """Everything in an ODS that the guidance forbids; read from its XML, as no reader shows its marks."""
    with zipfile.ZipFile(path) as archive:
        meta, styles, content = (
            ElementTree.fromstring(archive.read(name)) for name in ("meta.xml", "styles.xml", "content.xml")
        )
    found = [
        f"the document has no {name}"
        for name in ("title", "creator", "language")
        if not meta.findtext(f".//dc:{name}", namespaces=_NAMES)
    ]
    text = styles.find(".//style:default-style[@style:family='table-cell']/style:text-properties", _NAMES)
    if text is None or text.get(_name("fo:language")) != "en":
        found.append("the text has no language")
    for name in ("covered-table-cell", "shapes"):
        if content.find(f".//table:{name}", _NAMES) is not None:
            found.append(f"there is a {name}")
    ranges = {
        each.get(_name("table:target-range-address")): each
        for each in content.iterfind(".//table:database-range", _NAMES)
    }
    for sheet in content.iterfind(".//table:table", _NAMES):
        title = sheet.get(_name("table:name"))
        found += [f"{title}: {fault}" for fault in _of_ods_sheet(sheet, ranges)]
    return found


def _of_ods_sheet(sheet: ElementTree.Element, ranges: dict[str | None, ElementTree.Element]) -> Iterator[str]:
    title = sheet.get(_name("table:name"))
    rows = list(sheet.iterfind(".//table:table-row", _NAMES))
    cells = [list(row.iterfind("table:table-cell", _NAMES)) for row in rows]
    if cells[0][0].get(_name("table:style-name")) != "Heading_20_1":
        yield "A1 is not a title marked as a heading"
    if any(not "".join(cell.itertext()).strip() for row in cells for cell in row):
        yield "a cell is empty"
    if any(key.endswith(("spanned", "repeated")) for row in cells for cell in row for key in cell.attrib):
        yield "a cell stands for several"
    if title == "Cover":
        return
    marked = sheet.findall("table:table-header-rows/table:table-row", _NAMES)
    if len(marked) != 1:
        yield f"{len(marked)} header rows are marked"
        return
    top = rows.index(marked[0])
    body = cells[top:]
    if len({len(row) for row in body}) != 1 or any(len(row) != 1 for row in cells[:top]):
        yield "rows of the table are of different lengths, or there is something beside the lines above it"
    within = [each for address, each in ranges.items() if f"'{title}'.$A${top + 1}:" in str(address)]
    if len(within) != 1 or within[0].get(_name("table:contains-header")) != "true":
        yield "the table is not named"
    above = " ".join("".join(row[0].itertext()) for row in cells[:top])
    texts = ["".join(cell.itertext()) for row in body for cell in row]
    yield from (fault for fault in _of_marks(above, texts, set()) if "sheet of notes" not in fault)


def _name(short: str) -> str:
    prefix, _, name = short.partition(":")
    return f"{{{_NAMES[prefix]}}}{name}"
