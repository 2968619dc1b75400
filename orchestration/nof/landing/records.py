"""From text to records: the header and the rows, each with its spreadsheet row, and rows that do not fit."""

import csv
import io
from collections.abc import Callable
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.bounds import LONGEST_CELL_LETTERS, cells_bounded
from nof.landing.text import clean

FETCH_AGAIN = "Fetch the file again from where it is published."
# How far down a header is looked for that does not stand in row 1.
TOP_ROWS = 30
# A sheet gives the notes below a table as many cells as its rows; a table this narrow would not show it.
_WIDE = 5
_FILLED_BY_NOTES = 2


class Records(NamedTuple):
    """The header and the rows that are as wide as it; `row_numbers` count the header as row 1.

    `top` are the first records as they stand, the header among them.
    """

    header: list[str]
    rows: list[list[str]]
    row_numbers: list[int]
    problems: list[Problem]
    top: list[list[str]]


def read_records(
    file: str, text: str, *, is_row: Callable[[list[str]], bool] = lambda first: False
) -> Records:
    """Split a text into records; blank rows hold nothing and are passed over, but counted.

    Args:
        file: what to call the file in a problem.
        text: the decoded file; line ends may be CRLF or LF.
        is_row: whether the first record is a row already (the ODS trust file has no header); it is then both.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    found: list[tuple[int, list[str]]] = []
    row_number = 0
    try:
        with cells_bounded():
            for row_number, cells in enumerate(reader, start=1):
                found.append((row_number, cells))
    except csv.Error as error:
        problems.append(_broken(file, row_number + 1, error))
    header = found[0][1] if found else []
    is_headless = is_row(header)
    below = found if is_headless else found[1:]
    rows = [(number, cells) for number, cells in below if any(cell.strip() for cell in cells)]
    held_to = f"the {'first row' if is_headless else 'header'} has {len(header)}"
    headings = [clean(cell).casefold() for cell in header]
    fitting = []
    for number, cells in rows:
        if len(cells) != len(header):
            is_last = number == rows[-1][0] and not problems
            problems.append(_ragged(file, number, cells, held_to, width=len(header), is_last=is_last))
        elif not is_headless and [clean(cell).casefold() for cell in cells] == headings:
            problems.append(_header_again(file, number, cells))
        elif not is_headless and len(header) >= _WIDE and _filled(cells) <= _FILLED_BY_NOTES:
            problems.append(_note(file, number, cells))
        else:
            fitting.append((number, cells))
    return Records(
        header,
        [cells for _, cells in fitting],
        [number for number, _ in fitting],
        problems,
        [cells for _, cells in found[:TOP_ROWS]],
    )


def _broken(file: str, row: int, error: csv.Error) -> Problem:
    if "field limit" in str(error):
        return _long_cell(file, row)
    if "expected after" in str(error):
        message = (
            "a quotation mark closes before its cell ends, so the cells of this row cannot be told apart."
        )
    else:
        message = "a quotation mark opens in this row and is never closed: the file is cut short or damaged."
    return Problem(
        file, message, f"{FETCH_AGAIN[:-1]}, or double the quotation marks inside a cell.", row=row
    )


def _long_cell(file: str, row: int) -> Problem:
    return Problem(
        file,
        f"a cell of this row is longer than {LONGEST_CELL_LETTERS:,} letters; most often a quotation mark is "
        "not closed.",
        f"{FETCH_AGAIN[:-1]}, or close the quotation mark.",
        row=row,
    )


def _header_again(file: str, row: int, cells: list[str]) -> Problem:
    return Problem(
        file,
        "this row is the header again; files that were put together have it once each.",
        "Take the row away.",
        row=row,
        value=",".join(cells)[:80],
    )


def _note(file: str, row: int, cells: list[str]) -> Problem:
    return Problem(
        file,
        f"of this row only {_counted(_filled(cells))} filled: it is a title, a note or a total, and no row "
        "of the table.",
        "Take the row away.",
        row=row,
        value=",".join(cell for cell in cells if clean(cell))[:80],
    )


def _filled(cells: list[str]) -> int:
    return sum(bool(clean(cell)) for cell in cells)


def _counted(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count} cells are"


def _ragged(file: str, row: int, cells: list[str], held_to: str, *, width: int, is_last: bool) -> Problem:
    shown = ",".join(cells)[:80]
    counted = f"this row has {len(cells)} cell{'' if len(cells) == 1 else 's'} and {held_to}"
    if len(cells) > width:
        is_padded = not any(clean(cell) for cell in cells[width:])
        return Problem(
            file,
            f"{counted}; those beyond are empty." if is_padded else f"{counted}.",
            "Take the commas at the end of the row away."
            if is_padded
            else "Put quotation marks around a cell that holds a comma, or fetch the file again.",
            row=row,
            value=shown,
        )
    if is_last:
        return Problem(
            file,
            f"the last row is cut short: {counted}.",
            f"{FETCH_AGAIN[:-1]}; take away a note that stands below the table.",
            row=row,
            value=shown,
        )
    return Problem(
        file,
        f"{counted}.",
        f"{FETCH_AGAIN[:-1]}; take away a title, a note or a total that is no row of the table.",
        row=row,
        value=shown,
    )
