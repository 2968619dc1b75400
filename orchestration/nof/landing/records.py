"""From text to records: the header and the rows, each with its spreadsheet row, and rows that do not fit."""

import csv
import io
from collections.abc import Callable
from typing import NamedTuple

from nof.errors import Problem

FETCH_AGAIN = "Fetch the file again from where it is published."


class Records(NamedTuple):
    """The header and the rows that are as wide as it; `row_numbers` count the header as row 1."""

    header: list[str]
    rows: list[list[str]]
    row_numbers: list[int]
    problems: list[Problem]


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
        for row_number, cells in enumerate(reader, start=1):
            found.append((row_number, cells))
    except csv.Error as error:
        problems.append(_broken_quotes(file, row_number + 1, error))
    header = found[0][1] if found else []
    is_headless = is_row(header)
    below = found if is_headless else found[1:]
    rows = [(number, cells) for number, cells in below if any(cell.strip() for cell in cells)]
    held_to = f"the {'first row' if is_headless else 'header'} has {len(header)}"
    fitting = []
    for number, cells in rows:
        if len(cells) == len(header):
            fitting.append((number, cells))
        else:
            is_last = number == rows[-1][0] and not problems
            is_long = len(cells) > len(header)
            problems.append(_ragged(file, number, cells, held_to, is_long=is_long, is_last=is_last))
    return Records(header, [cells for _, cells in fitting], [number for number, _ in fitting], problems)


def _broken_quotes(file: str, row: int, error: csv.Error) -> Problem:
    if "expected after" in str(error):
        message = (
            "a quotation mark closes before its cell ends, so the cells of this row cannot be told apart."
        )
    else:
        message = "a quotation mark opens in this row and is never closed: the file is cut short or damaged."
    return Problem(
        file, message, f"{FETCH_AGAIN[:-1]}, or double the quotation marks inside a cell.", row=row
    )


def _ragged(file: str, row: int, cells: list[str], held_to: str, *, is_long: bool, is_last: bool) -> Problem:
    shown = ",".join(cells)[:80]
    counted = f"this row has {len(cells)} cells and {held_to}"
    if is_long:
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
            f"{FETCH_AGAIN[:-1]}; take away a note that stands below the table.",
            row=row,
            value=shown,
        )
    return Problem(file, f"{counted}.", FETCH_AGAIN, row=row, value=shown)
