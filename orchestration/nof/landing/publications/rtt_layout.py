"""The layout of the referral to treatment full extract: its headings, its period and its closed lists."""

import csv
import io
import re
from collections.abc import Sequence
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.bounds import cells_bounded
from nof.landing.records import FETCH_AGAIN, TOP_ROWS
from nof.landing.source_columns import RTT_BANDS
from nof.landing.text import clean

PERIOD, PROVIDER, PROVIDER_NAME = "Period", "Provider Org Code", "Provider Org Name"
PROVIDER_PARENT, COMMISSIONER = "Provider Parent Org Code", "Commissioner Org Code"
PART, FUNCTION = "RTT Part Type", "Treatment Function Code"
# What lands, or what a row is told by. The other texts are names and descriptions of these.
READ_TEXTS = (PERIOD, PROVIDER, PROVIDER_NAME, PROVIDER_PARENT, COMMISSIONER, PART, FUNCTION)
TEXTS = (
    *(PERIOD, PROVIDER_PARENT, "Provider Parent Name", PROVIDER, PROVIDER_NAME),
    *("Commissioner Parent Org Code", "Commissioner Parent Name", COMMISSIONER, "Commissioner Org Name"),
    *(PART, "RTT Part Description", FUNCTION, "Treatment Function Name"),
)

_LAST = len(RTT_BANDS) - 1
BANDS = (*(f"Gt {week:02} To {week + 1:02} Weeks SUM 1" for week in range(_LAST)), f"Gt {_LAST} Weeks SUM 1")
TOTAL, UNKNOWN, TOTAL_ALL = "Total", "Patients with unknown clock start date", "Total All"
COUNTS = (*BANDS, TOTAL, UNKNOWN, TOTAL_ALL)
HEADINGS = (*TEXTS, *COUNTS)

PARTS = ("Part_1A", "Part_1B", "Part_2", "Part_2A", "Part_3")
# New periods have no wait yet: a total and no bands.
WITHOUT_BANDS = "Part_3"
# The treatment function of a total row.
ALL_FUNCTIONS = "C_999"

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_PERIOD = re.compile(r"rtt-([a-z]+)-([0-9]{4})")
_BAND = re.compile(r"gt [0-9]+ (to [0-9]+ )?weeks.*")
_TELLING = {
    heading.casefold()
    for heading in (PART, "RTT Part Description", FUNCTION, "Treatment Function Name", UNKNOWN)
}
# Of five telling headings, so that two may be renamed; or a fifth of the bands.
_TELLING_HEADINGS, _TELLING_BANDS = 3, 20


class Header(NamedTuple):
    """Where the headings stand: their spreadsheet row, and the published heading of each column."""

    row: int
    headings: tuple[str, ...]


def month_of(text: str) -> str | None:
    """`RTT-April-2026` as 2026-04; None where it is no month."""
    found = _PERIOD.fullmatch(clean(text).casefold())
    if not found or found[1] not in _MONTHS:
        return None
    return f"{found[2]}-{_MONTHS.index(found[1]) + 1:02}"


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the header of a full extract, also of one with headings that this reader lacks."""
    folded = {_folded(cell) for cell in cells}
    bands = sum(bool(_BAND.fullmatch(cell)) for cell in folded)
    return len(folded & _TELLING) >= _TELLING_HEADINGS or bands >= _TELLING_BANDS


def find_header(top: bytes) -> tuple[int, list[str]] | None:
    """The first of the top rows that is a header, with its spreadsheet row.

    Args:
        top: the first bytes of a CSV; the last row in them may be cut off.
    """
    text = io.StringIO(top.decode("utf-8-sig", errors="replace"), newline="")
    try:
        with cells_bounded():
            for number, cells in enumerate(csv.reader(text), start=1):
                if is_header(cells):
                    return number, cells
                if number == TOP_ROWS:
                    break
    except csv.Error:
        return None
    return None


def read_header(file: str, row: int, cells: Sequence[str]) -> Header | list[Problem]:
    """The columns by their headings, in any order; every missing, unknown or repeated one is a problem."""
    known = {heading.casefold(): heading for heading in HEADINGS}
    headings = [known.get(_folded(cell), "") for cell in cells]
    problems = []
    for place, (heading, cell) in enumerate(zip(headings, cells, strict=True)):
        if not heading:
            problems.append(
                Problem(
                    file,
                    f"column {place + 1} is not one of the full extract: the layout is new."
                    if clean(cell)
                    else f"column {place + 1} has no heading.",
                    "Correct the heading if it was changed by hand; otherwise this reader has to learn the "
                    "layout before the file can be used.",
                    row=row,
                    column=clean(cell) or f"number {place + 1}",
                    value=cell,
                )
            )
        elif heading in headings[:place]:
            problems.append(
                Problem(
                    file,
                    f"this heading is there twice, in columns {headings.index(heading) + 1} and {place + 1}.",
                    FETCH_AGAIN,
                    row=row,
                    column=heading,
                    value=cell,
                )
            )
    problems += [
        Problem(
            file,
            "this column is missing from the full extract: the layout is new, or a column was taken away.",
            "Land the full extract as published, with its bands of single weeks up to 104.",
            row=row,
            column=heading,
        )
        for heading in HEADINGS
        if heading not in headings
    ]
    return problems or Header(row, tuple(headings))


def _folded(cell: str) -> str:
    return " ".join(clean(cell).casefold().split())
