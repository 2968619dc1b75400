"""What is wrong with one row of the cancer waiting times extract, looked at by itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from nof.errors import Problem
from nof.landing.cell_checks import ORGANISATION_CODE
from nof.landing.publications.cancer_tables import SHARED_STANDARD, Fault, dimension_fault
from nof.landing.publications.counted import count_of, shown
from nof.landing.text import clean

# The published heading of each landing column, and the two that only repeat what PERIOD says.
COLUMNS = {
    "PERIOD": "period",
    "YEAR": "year",
    "MONTH": "month",
    "STANDARD": "standard",
    "ORG CODE": "organisation_code",
    "STAGE/ROUTE": "stage_or_route",
    "TREATMENT MODALITY": "treatment_modality",
    "CANCER TYPE": "cancer_type",
    "TOTAL TREATED": "total_treated",
    "WITHIN STANDARD": "within_standard",
    "BREACHES": "breaches",
}
HEADINGS = {name: heading for heading, name in COLUMNS.items()}
COUNT_NAMES = ("total_treated", "within_standard", "breaches")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# Words in the place of a code, where a later extract might add rows for all providers.
_NOT_PROVIDERS = frozenset(("ALL", "ENG", "TOTAL", "ENGLAND"))
# A row of the extract fills ten or eleven cells; a title or a note one or two.
_FILLED_BY_NOTES = 2


def find_faults(file: str, number: int, row: Mapping[str, str]) -> Iterator[Problem]:
    """All that is wrong with a row, its cells by landing name and as text.

    Args:
        file: what to call the file in a problem.
        number: the row of the sheet.
        row: its cells.
    """
    if sum(map(bool, map(clean, row.values()))) <= _FILLED_BY_NOTES:
        filled = [cell for cell in row.values() if clean(cell)]
        yield Problem(
            file,
            "this row is a title, a note or a total, and no row of the extract.",
            "Take the row away.",
            row=number,
            value=", ".join(filled)[:80],
        )
        return
    words = (
        ("period", _period_fault(row["period"])),
        ("year", _year_fault(row["period"], row["year"])),
        ("month", _month_fault(row["period"], row["month"])),
        ("organisation_code", _code_fault(row["organisation_code"])),
        *dimension_fault(
            *(
                clean(row[name])
                for name in ("standard", "stage_or_route", "treatment_modality", "cancer_type")
            )
        ),
    )
    for name, fault in words:
        if fault:
            yield Problem(file, *fault, row=number, column=HEADINGS[name], value=row[name])
    counts = []
    for name in COUNT_NAMES:
        counted = count_of(row[name], may_be_half=clean(row["standard"]) == SHARED_STANDARD)
        if counted.number is None:
            yield Problem(
                file, counted.message, counted.remedy, row=number, column=HEADINGS[name], value=row[name]
            )
        else:
            counts.append(counted.number)
    if len(counts) == 3 and counts[1] + counts[2] != counts[0]:
        yield Problem(
            file,
            f"{shown(counts[1])} within the standard and {shown(counts[2])} breaches make "
            f"{shown(counts[1] + counts[2])}.",
            "Fetch the file again; if it is published so, ask NHS England which figure is right.",
            row=number,
            column=HEADINGS["total_treated"],
            value=row["total_treated"],
        )


@lru_cache(maxsize=256)
def _day(text: str) -> date | None:
    """The first day of the month that a cell names; None where it is no such day."""
    try:
        day = date.fromisoformat(clean(text))
    except ValueError:
        return None
    return day if day.day == 1 else None


def _period_fault(text: str) -> Fault:
    if _day(text):
        return None
    return (
        "this is not the first day of a month.",
        "Fetch the file again; PERIOD is a date such as 2025-04-01.",
    )


def _year_fault(period: str, text: str) -> Fault:
    day = _day(period)
    if day is None:
        return None
    start = day.year if day.month >= 4 else day.year - 1
    expected = f"{start}/{(start + 1) % 100:02}"
    return None if clean(text) == expected else _does_not_fit(period, expected)


def _month_fault(period: str, text: str) -> Fault:
    day = _day(period)
    if day is None:
        return None
    expected = _MONTHS[day.month - 1]
    return None if clean(text).upper() == expected else _does_not_fit(period, expected)


def _does_not_fit(period: str, expected: str) -> tuple[str, str]:
    return (
        f"this does not fit PERIOD {clean(period)}, of which it would be {expected}.",
        "Fetch the file again; if it is published so, ask NHS England which month is meant.",
    )


@lru_cache(maxsize=2048)
def _code_fault(text: str) -> Fault:
    code = clean(text)
    if code in _NOT_PROVIDERS:
        return (
            "this row is of all providers, and the extract had none: they would be counted twice.",
            "The layout is new: have the reader changed before the file is landed.",
        )
    if ORGANISATION_CODE.fullmatch(code):
        return None
    return (
        "this is not the code of a provider: three or five capital letters and digits.",
        "Fetch the file again; a spreadsheet may have rewritten the code.",
    )
