"""From text to records: the header and the rows, each with its spreadsheet row, and rows that do not fit."""

import csv
import io
from typing import NamedTuple

from nof.errors import Problem

_FETCH_AGAIN = "Fetch the file again from where it is published."


class Records(NamedTuple):
    """The header and the rows that are as wide as it; `row_numbers` count the header as row 1."""

    header: list[str]
    rows: list[list[str]]
    row_numbers: list[int]
    problems: list[Problem]


def read_records(file: str, text: str) -> Records:
    """Split a text into records; blank rows hold nothing and are passed over, but counted.

    Args:
        file: what to call the file in a problem.
        text: the decoded file; line ends may be CRLF or LF.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    found: list[tuple[int, list[str]]] = []
    row_number = 0
    try:
        for row_number, cells in enumerate(reader, start=1):
            found.append((row_number, cells))
    except csv.Error as error:
        problems.append(_broken_quotes(file, row_number + 1, error))
    header = found[0][1] if found else []
    rows = [(number, cells) for number, cells in found[1:] if any(cell.strip() for cell in cells)]
    width = len(header)
    fitting = []
    for number, cells in rows:
        if len(cells) == width:
            fitting.append((number, cells))
        else:
            is_last = number == rows[-1][0] and not problems
            problems.append(_ragged(file, number, cells, width, is_last=is_last))
    if not rows and not problems:
        problems.append(Problem(file, "the file has a header and no rows.", _FETCH_AGAIN))
    return Records(header, [cells for _, cells in fitting], [number for number, _ in fitting], problems)


def _broken_quotes(file: str, row: int, error: csv.Error) -> Problem:
    if "expected after" in str(error):
        message = (
            "a quotation mark closes before its cell ends, so the cells of this row cannot be told apart."
        )
    else:
        message = "a quotation mark opens in this row and is never closed: the file is cut short or damaged."
    return Problem(
        file, message, f"{_FETCH_AGAIN[:-1]}, or double the quotation marks inside a cell.", row=row
    )


def _ragged(file: str, row: int, cells: list[str], width: int, *, is_last: bool) -> Problem:
    shown = ",".join(cells)[:80]
    counted = f"this row has {len(cells)} cells and the header has {width}"
    if len(cells) > width:
        return Problem(
            file,
            f"{counted}.",
            "Put quotation marks around a cell that holds a comma, or fetch the file again.",
            row=row,
            value=shown,
        )
    if is_last:
        return Problem(
            file,
            f"the last row is cut short: {counted}.",
            f"{_FETCH_AGAIN[:-1]}; take away a note that stands below the table.",
            row=row,
            value=shown,
        )
    return Problem(file, f"{counted}.", _FETCH_AGAIN, row=row, value=shown)
