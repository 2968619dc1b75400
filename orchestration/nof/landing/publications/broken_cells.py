"""Cells that hold an error, or a formula without its result: whoever reads a workbook finds them empty."""

import io
import re
import zipfile
from posixpath import join, normpath
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.no_number import why_no_number
from nof.landing.opened import Opened

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = rb"(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)"
# An error, whatever it comes from; or a formula with no value or an empty one behind it. A sheet of formulas
# has a hundred thousand cells, so only those that may be broken are found at all.
_BROKEN = re.compile(
    rb'<c\b(?P<error>[^>]*\bt="e"[^>]*)>' + _FORMULA + rb"?(?:<v\s*/>|<v>(?P<value>[^<]*)</v>)?</c>"
    rb"|<c\b(?P<unworked>[^>]*)>" + _FORMULA + rb"(?:<v\s*/>|<v></v>)?</c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_LETTERS = 26


class BrokenCell(NamedTuple):
    """One cell.

    Attributes:
        row: as a spreadsheet counts it.
        place: of the column, counted from 0.
        address: such as D7.
        shown: the error, or `=` for a formula without its result.
    """

    row: int
    place: int
    address: str
    shown: str


def find_broken_cells(opened: Opened, sheet: str) -> list[BrokenCell]:
    """All of one sheet, in the order of its rows; none where the workbook names its sheets in another way."""
    with zipfile.ZipFile(io.BytesIO(opened.content)) as archive:
        member = _member_of(archive, sheet)
        if member is None:
            return []
        content = archive.read(member)
    # Most published sheets hold values only, and a look at each of half a million cells takes its time.
    if b't="e"' not in content and b"<f" not in content:
        return []
    found = []
    for cell in _BROKEN.finditer(content):
        told = cell["error"] or cell["unworked"]
        place = _PLACE.search(told)
        # The result of a formula may be an empty text.
        if place and not (cell["unworked"] and b't="str"' in told):
            address = (place[1] + place[2]).decode()
            shown = (cell["value"] or b"=").decode()
            found.append(BrokenCell(int(place[2]), _column(place[1]), address, shown))
    return found


def broken_cell_problems(
    file: str, opened: Opened, sheet: str, headings: dict[int, str], *, after_row: int
) -> list[Problem]:
    """A problem for each broken cell of the columns that are read.

    Args:
        file: what to call the file in a problem.
        opened: the workbook.
        sheet: the name of a sheet that is there.
        headings: of the columns that are read, by their place counted from 0.
        after_row: the row of the headings; rows up to it are not looked at.
    """
    return [
        Problem(
            file,
            f"sheet {sheet}, cell {each.address}: {why_no_number(each.shown)}",
            "Fetch the workbook again from where it is published, and do not save it anew.",
            row=each.row,
            column=headings[each.place],
            value=each.shown,
        )
        for each in find_broken_cells(opened, sheet)
        if each.place in headings and each.row > after_row
    ]


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file within the workbook that holds a sheet's cells."""
    from xml.etree import ElementTree  # noqa: PLC0415 - only for workbooks

    names = set(archive.namelist())
    if not names >= {_WORKBOOK, _RELATIONS}:
        return None
    identifiers = {
        each.get("name"): each.get(_RELATION_ID)
        for each in ElementTree.fromstring(archive.read(_WORKBOOK)).iter()
        if each.tag.endswith("}sheet")
    }
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(archive.read(_RELATIONS)).iter()
    }
    target = targets.get(identifiers.get(sheet)) or ""
    member = normpath(join("/xl", target)).lstrip("/")
    return member if member in names else None


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * _LETTERS + letter - ord("A") + 1
    return place - 1
