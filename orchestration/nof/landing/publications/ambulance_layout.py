"""Where the figures of all areas stand in the ambulance workbook: the headings of the sheet Raw."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.publications.ambulance_indicators import INDICATORS
from nof.landing.publications.workbook import Cell, Sheet, cell_text
from nof.landing.records import FETCH_AGAIN, TOP_ROWS
from nof.landing.text import clean

_YEAR, _MONTH, _REGION, _AREA = KEYS = ("Year", "Month", "Reg", "Area")
# Before the indicators; the column without a heading holds the region's name.
_BESIDE = frozenset({"Concatenated", "Trust", ""})
_INDICATOR = re.compile(r"A[0-9]{1,3}")
_ASK = (
    "See what the publisher changed; a new indicator is added to ambulance_indicators.py with what it is (a "
    "count, a total time, a mean or a centile)."
)


class Layout(NamedTuple):
    """The row of headings (counted as a spreadsheet does) and the place of each column, counted from 0."""

    header_row: int
    places: dict[str, int]
    indicators: tuple[tuple[str, int], ...]


def read_layout(file: str, sheet: Sheet) -> Layout | list[Problem]:
    """Find the headings, wherever they stand in the first rows, and hold them to the known indicators.

    What stands to the right of the last indicator are helper columns of the visible sheets (dates, ratios,
    products for annual centiles, the list of areas): they are passed over.

    Args:
        file: what to call the file in a problem.
        sheet: the sheet Raw.
    """
    header_row = next(
        (number for number, row in enumerate(sheet.rows[:TOP_ROWS], start=1) if _is_header(row)), None
    )
    if header_row is None:
        return [
            Problem(
                file,
                f"the sheet {sheet.name} has no row of headings with {', '.join(KEYS)} in its first "
                f"{TOP_ROWS} rows: the layout is not the one that is known.",
                "See what the publisher changed; the columns are not guessed.",
            )
        ]
    headings = [clean(cell_text(cell)) for cell in sheet.rows[header_row - 1]]
    found = [place for place, heading in enumerate(headings) if _INDICATOR.fullmatch(heading)]
    first, last = (found[0], found[-1]) if found else (len(headings), len(headings) - 1)
    beside = dict(enumerate(headings[:first]))
    inside = [(place, headings[place]) for place in range(first, last + 1)]
    problems = [
        *_faulty_keys(file, header_row, beside),
        *_faulty_indicators(file, header_row, inside),
    ]
    if problems:
        return problems
    places = {heading: place for place, heading in beside.items() if heading in KEYS}
    return Layout(header_row, places, tuple((heading, place) for place, heading in inside))


def _is_header(row: Sequence[Cell]) -> bool:
    cells = {clean(cell_text(cell)) for cell in row}
    # One heading may be renamed and is then told by name.
    return sum(name in cells for name in KEYS) >= len(KEYS) - 1


def _faulty_keys(file: str, row: int, beside: dict[int, str]) -> list[Problem]:
    problems = []
    named = list(beside.values())
    for key in KEYS:
        if named.count(key) != 1:
            message = (
                "this column is missing." if key not in named else "this column is there more than once."
            )
            problems.append(Problem(file, f"sheet Raw: {message}", FETCH_AGAIN, row=row, column=key))
    for place, heading in beside.items():
        if heading not in KEYS and heading not in _BESIDE:
            problems.append(
                Problem(
                    file,
                    "sheet Raw: this column is not known.",
                    "See what the publisher changed; the columns are not guessed.",
                    row=row,
                    column=f"number {place + 1}",
                    value=heading,
                )
            )
    return problems


def _faulty_indicators(file: str, row: int, inside: list[tuple[int, str]]) -> list[Problem]:
    problems = []
    told: set[str] = set()
    for place, heading in inside:
        column = heading or f"number {place + 1}"
        if heading not in INDICATORS:
            said = (
                "this indicator is not known." if heading else "a column among the indicators has no heading."
            )
            problems.append(Problem(file, f"sheet Raw: {said}", _ASK, row=row, column=column, value=heading))
        elif heading in told:
            said = "sheet Raw: this indicator is there more than once."
            problems.append(Problem(file, said, FETCH_AGAIN, row=row, column=column))
        told.add(heading)
    problems += [
        Problem(
            file,
            "sheet Raw: this indicator is missing.",
            "See what the publisher changed; an indicator that is published no more is taken from "
            "ambulance_indicators.py.",
            row=row,
            column=name,
        )
        for name in sorted(INDICATORS - told, key=lambda each: int(each[1:]))
    ]
    return problems
