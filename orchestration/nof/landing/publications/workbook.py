"""Sheets of a published workbook as rows of text, through python-calamine."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.opened import Opened
from nof.landing.records import FETCH_AGAIN
from nof.landing.sheet_bounds import find_sheet_out_of_bounds

Cell = str | float | int | bool | date | datetime | time | timedelta


class Sheet(NamedTuple):
    """One sheet: all its rows from the first, so that row 1 of the spreadsheet is the first of them."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_sheets(file: str, opened: Opened, names: Sequence[str]) -> list[Sheet] | Problem:
    """The cells of some sheets, as the workbook keeps them.

    Args:
        file: what to call the file in a problem.
        opened: the workbook.
        names: of the sheets, each of which must be there.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where there is a workbook

    beyond = find_sheet_out_of_bounds(file, opened)
    if beyond:
        return beyond
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(opened.content))
        return [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names
        ]
    except CalamineError as error:
        return Problem(file, f"the workbook cannot be read ({error}).", FETCH_AGAIN)


def cell_text(cell: Cell) -> str:
    """A cell as a CSV of the same table would have it: whole numbers without a point, days as 2025-06-01.

    A time of day or a length of time (both are how workbooks keep minutes and seconds) becomes seconds.
    """
    # Most cells are texts, and a sheet of half a million goes through here.
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        has_time = isinstance(cell, datetime) and cell.time() != time()
        return cell.isoformat() if has_time else cell.isoformat()[: len("2025-06-01")]
    if isinstance(cell, time):
        cell = datetime.combine(date.min, cell) - datetime.min
    if isinstance(cell, timedelta):
        return cell_text(cell.total_seconds())
    return str(cell)
