"""How large the sheets of a workbook are, told from their XML before a reader makes room for all their cells.

A reader of sheets keeps a place for every cell between the first and the last: a workbook of five kilobytes
whose last cell is the last of the sheet asks for half a terabyte, and the whole process ends.
"""

import io
import re
import zipfile
import zlib

from nof.errors import Problem
from nof.landing.opened import Opened
from nof.landing.records import FETCH_AGAIN

# Fifteen times the largest in hand, six months of the cancer waiting times extract (61,650 rows of 11 cells).
MOST_SHEET_CELLS = 10_000_000

_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})([0-9]{1,7})[\"']")
_CHUNK_BYTES = 1 << 20
# An address that two chunks share is in the end of the one and in the beginning of the next.
_OVERLAP_BYTES = 64


def find_sheet_out_of_bounds(file: str, opened: Opened) -> Problem | None:
    """Whether a sheet spans more cells than any table in hand comes near; read in pieces, and nothing kept.

    Args:
        file: what to call the file in a problem.
        opened: the workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(opened.content)) as archive:
            # Every part: which of them is a sheet only the workbook's own directory says, and it may say any.
            for name in archive.namelist():
                rows, columns = _extent(archive, name)
                if rows * columns > MOST_SHEET_CELLS:
                    return _too_large(file, rows, columns)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        return Problem(file, f"the workbook cannot be unpacked ({error}).", FETCH_AGAIN)
    return None


def _too_large(file: str, rows: int, columns: int) -> Problem:
    return Problem(
        file,
        f"a sheet of the workbook spans {rows:,} rows and {columns:,} columns, and {MOST_SHEET_CELLS:,} "
        "cells are the most.",
        "Fetch it again from where it is published. If it is published so, see whether a cell far from the "
        "table is filled by mistake.",
    )


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """The last row and the last column of which a cell is written down, both counted from 1."""
    rows = columns = 1
    end = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK_BYTES):
            found = _ADDRESS.findall(end + chunk)
            rows = max({rows, *map(int, {number for _, number in found})})
            columns = max({columns, *map(_column, {letters for letters, _ in found})})
            end = chunk[-_OVERLAP_BYTES:]
    return rows, columns


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place
