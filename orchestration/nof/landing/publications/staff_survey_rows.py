"""The rows of a sheet of the NHS Staff Survey's organisational results: what they say, what is wrong."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.no_number import why_no_number
from nof.landing.publications.staff_survey_layout import (
    BASE,
    CODE,
    GROUP,
    NAME,
    SURVEY_PAGE,
    WEIGHTING,
    Layout,
    on_sheet,
    plain,
)
from nof.landing.publications.workbook import Cell, Sheet, cell_text
from nof.landing.text import as_number, canonical, clean

# What the workbook writes where it shows no result.
NOT_SHOWN = "-"
FEWEST_SHOWN = 10
HIGHEST_SCORE = 10
# How far an element may lie from the plain average of its sub-scores. It is made from those who answered
# enough of each, so it is not quite that average: at most 0.052 away in the 2024 results.
FURTHEST_FROM_AVERAGE = Decimal("0.1")
# Three letters and figures as ODS has it, and in the survey a sector of a trust (R1F1, R1F2).
_ORGANISATION = re.compile(r"[A-Z0-9]{3,5}")
_WEIGHTINGS = ("Occupation Group", "Unweighted")
_SUB_SCORES = {"Staff Engagement": "E_", "Morale": "M_"}
_AGAIN = f"Fetch the workbook again from {SURVEY_PAGE}."


class Result(NamedTuple):
    """One result of one organisation, cells as published."""

    label: str
    respondents: str
    value: str


class Organisation(NamedTuple):
    """One row of a sheet: what it says of the organisation, and its results in the order of the sheet."""

    row: int
    code: str
    about: tuple[str, str, str]
    results: Mapping[str, Result]


class Read(NamedTuple):
    """The organisations of a sheet, each once, by code; how many rows there were, how many repeat another."""

    organisations: Mapping[str, Organisation]
    row_count: int
    repeated_row_count: int
    problems: list[Problem]


def read_rows(file: str, sheet: Sheet, layout: Layout) -> Read:
    """Read the rows below the header; notes below the table and blank rows are passed over.

    Args:
        file: what to call the file in a problem.
        sheet: the sheet.
        layout: where everything on it stands.
    """
    found: dict[str, Organisation] = {}
    problems: list[Problem] = []
    row_count = repeated = 0
    for number, cells in enumerate(sheet.rows[layout.header_row :], start=layout.header_row + 1):
        filled = [plain(cell) for cell in cells if plain(cell)]
        if not filled or (len(filled) == 1 and not _ORGANISATION.fullmatch(filled[0])):
            continue
        row_count += 1
        each = _organisation(number, cells, layout)
        problems += _faults(file, sheet.name, each)
        if not _ORGANISATION.fullmatch(each.code):
            continue
        known = found.setdefault(each.code, each)
        if known is each:
            continue
        if _said(known) == _said(each):
            repeated += 1
        else:
            message = f"this organisation stands in row {known.row} too, and the two rows differ."
            problems.append(
                on_sheet(file, sheet.name, message, _AGAIN, row=number, column=CODE, value=each.code)
            )
    if not row_count:
        problems.append(on_sheet(file, sheet.name, "no row of results stands below the header.", _AGAIN))
    return Read(found, row_count, repeated, problems)


def _organisation(number: int, cells: Sequence[Cell], layout: Layout) -> Organisation:
    def text(place: int) -> str:
        return cell_text(cells[place]) if place < len(cells) else ""

    about = layout.about
    results = {
        result_id: Result(places.label, text(places.base), text(places.score))
        for result_id, places in layout.results.items()
    }
    return Organisation(
        number,
        clean(text(about[CODE])),
        (text(about[NAME]), text(about[GROUP]), text(about[WEIGHTING])),
        results,
    )


def _said(organisation: Organisation) -> tuple[str, ...]:
    cells = [*organisation.about]
    for result in organisation.results.values():
        cells += [result.respondents, result.value]
    return tuple(canonical(cell) for cell in cells)


def _faults(file: str, sheet: str, each: Organisation) -> list[Problem]:
    problems: list[Problem] = []

    def wrong(message: str, column: str, value: str, remedy: str = _AGAIN) -> None:
        problems.append(on_sheet(file, sheet, message, remedy, row=each.row, column=column, value=value))

    if not _ORGANISATION.fullmatch(each.code):
        wrong(
            "this is no ODS code, so the row is of no organisation.",
            CODE,
            each.code,
            "If it is a total or an average, its row is new and has to be added to the reader.",
        )
    name, group, weighting = each.about
    for column, text in ((NAME, name), (GROUP, group)):
        if not clean(text):
            wrong("this cell is empty.", column, text)
    if clean(weighting) not in _WEIGHTINGS:
        wrong(
            f"this weighting is none that is known: {', '.join(_WEIGHTINGS)}.",
            WEIGHTING,
            weighting,
            "Results of another weighting do not compare with the others: it has to be added to the reader.",
        )
    for result_id, result in each.results.items():
        for fault, column, value in _result_faults(result_id, result):
            wrong(fault, column, value)
    for result_id, result in each.results.items():
        average = _average_of_sub_scores(result_id, each.results)
        score = as_number(clean(result.value))
        if average is not None and score is not None and abs(score - average) > FURTHEST_FROM_AVERAGE:
            wrong(
                f"this score lies more than {FURTHEST_FROM_AVERAGE} from {average:.3f}, the average of its "
                "sub-scores: columns may have been moved.",
                f"{result_id} - score",
                result.value,
            )
    return problems


def _result_faults(result_id: str, result: Result) -> list[tuple[str, str, str]]:
    """What is wrong with the two cells of a result: message, column, value."""
    score_column, base_column = f"{result_id} - score", f"{BASE} of {result_id}"
    value, respondents = clean(result.value), clean(result.respondents)
    score, base = as_number(value), as_number(respondents)
    found: list[tuple[str, str, str]] = []
    if value != NOT_SHOWN and score is None:
        found.append((why_no_number(value), score_column, result.value))
    if score is not None and not 0 <= score <= HIGHEST_SCORE:
        found.append((f"a score is out of {HIGHEST_SCORE}, and this is not.", score_column, result.value))
    if respondents != NOT_SHOWN and base is None:
        found.append((why_no_number(respondents), base_column, result.respondents))
    if base is not None and (base < 0 or base != base.to_integral_value()):
        found.append(("respondents are counted in whole numbers from 0.", base_column, result.respondents))
    if score is not None and (respondents == NOT_SHOWN or (base is not None and base < FEWEST_SHOWN)):
        found.append(
            (
                f"a score is shown of fewer than {FEWEST_SHOWN} respondents or of an unknown number, and the "
                "survey shows none of these.",
                base_column,
                result.respondents,
            )
        )
    return found


def _average_of_sub_scores(result_id: str, results: Mapping[str, Result]) -> Decimal | None:
    """The plain average of all sub-scores; None where there are none, or one is not shown."""
    opening = _SUB_SCORES.get(result_id, f"{result_id}_")
    scores = [as_number(clean(each.value)) for name, each in results.items() if name.startswith(opening)]
    shown = [each for each in scores if each is not None]
    return sum(shown, Decimal(0)) / len(shown) if scores and len(shown) == len(scores) else None
