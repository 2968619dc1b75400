"""Where a sheet of the NHS Staff Survey's organisational results keeps what: by headings, never by place."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.publications.workbook import Cell, Sheet, cell_text
from nof.landing.records import TOP_ROWS

SURVEY_PAGE = "the results page of the NHS Staff Survey"
# A survey of another design has other results: these are those of the 2024 survey, sheet by sheet.
RESULTS: Mapping[str, Mapping[str, str]] = {
    "PEOPLE PROMISE ELEMENTS": {
        "PP1": "We are compassionate and inclusive",
        "PP1_1": "Compassionate culture",
        "PP1_2": "Compassionate leadership",
        "PP1_3": "Diversity and equality",
        "PP1_4": "Inclusion",
        "PP2": "We are recognised and rewarded",
        "PP3": "We each have a voice that counts",
        "PP3_1": "Autonomy and control",
        "PP3_2": "Raising concerns",
        "PP4": "We are safe and healthy",
        "PP4_1": "Health and safety climate",
        "PP4_2": "Burnout",
        "PP4_3": "Negative experiences",
        "PP5": "We are always learning",
        "PP5_1": "Development",
        "PP5_2": "Appraisals",
        "PP6": "We work flexibly",
        "PP6_1": "Support for work-life balance",
        "PP6_2": "Flexible working",
        "PP7": "We are a team",
        "PP7_1": "Team working",
        "PP7_2": "Line management",
    },
    "THEMES": {
        "Staff Engagement": "Staff engagement",
        "E_1": "Motivation",
        "E_2": "Involvement",
        "E_3": "Advocacy",
        "Morale": "Morale",
        "M_1": "Thinking about leaving",
        "M_2": "Work pressure",
        "M_3": "Stressors",
    },
}
CODE, NAME, GROUP, WEIGHTING = "ODS code", "Organisation name", "Benchmarking group", "Weighting"
_ABOUT = (CODE, NAME, GROUP, "Region", "ICS", WEIGHTING)
BASE = "Base (number of responses)"
_SCORE = re.compile(r"(.+) - score", re.IGNORECASE)
_TITLE = re.compile(r"NHS Staff Survey ([0-9]{4}) - ([A-Za-z]+) Results", re.IGNORECASE)
_NEW_LAYOUT = (
    "This layout is new: it has to be added to the reader before the file can be landed. Do not change the "
    "workbook."
)


class Places(NamedTuple):
    """Of one result: its label as published, and where its score and its respondents stand, from 0."""

    label: str
    score: int
    base: int


class Layout(NamedTuple):
    """Of one sheet.

    Attributes:
        year: of the survey, from the title.
        header_row: as the spreadsheet counts rows.
        about: the place of each column about the organisation, from 0.
        results: the places of each result.
    """

    year: str
    header_row: int
    about: Mapping[str, int]
    results: Mapping[str, Places]


def plain(cell: Cell) -> str:
    """The text of a cell on one line, without what nobody sees of spaces."""
    return " ".join(cell_text(cell).split())


def on_sheet(
    file: str,
    sheet: str,
    message: str,
    remedy: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """A problem that says which sheet its row is of."""
    return Problem(file, f"on the sheet {sheet}, {message}", remedy, row=row, column=column, value=value)


def layout_of(file: str, sheet: Sheet, expected: Mapping[str, str]) -> Layout | list[Problem]:
    """Where everything stands, or all that is missing, new or called otherwise.

    Args:
        file: what to call the file in a problem.
        sheet: the sheet, under the name that `RESULTS` gives it.
        expected: its results and their labels.
    """
    header_row = _header_row(sheet)
    if header_row is None:
        message = f"no row of the first {TOP_ROWS} has the heading {CODE}."
        return [on_sheet(file, sheet.name, message, _NEW_LAYOUT)]
    above, header = sheet.rows[: header_row - 1], [plain(cell) for cell in sheet.rows[header_row - 1]]
    year, problems = _year(file, sheet.name, above)
    about, results, found = _places(file, sheet, header, header_row, expected)
    problems += found
    problems += [
        _other_label(file, sheet.name, above, places, f"{result_id} - {expected[result_id]}")
        for result_id, places in results.items()
        if places.label.casefold() != expected[result_id].casefold()
    ]
    return problems or Layout(year, header_row, about, results)


def headings_read(layout: Layout) -> dict[int, str]:
    """The columns of which the cells are landed: heading by place."""
    read = {layout.about[name]: name for name in (CODE, NAME, GROUP, WEIGHTING)}
    for result_id, places in layout.results.items():
        read |= {places.score: f"{result_id} - score", places.base: f"{BASE} of {result_id}"}
    return read


def _header_row(sheet: Sheet) -> int | None:
    return next(
        (
            number
            for number, row in enumerate(sheet.rows[:TOP_ROWS], start=1)
            if any(plain(cell).casefold() == CODE.casefold() for cell in row)
        ),
        None,
    )


def _year(file: str, sheet: str, above: Sequence[Sequence[Cell]]) -> tuple[str, list[Problem]]:
    for number, row in enumerate(above, start=1):
        for cell in row:
            found = _TITLE.fullmatch(plain(cell))
            if not found:
                continue
            if found[2].casefold() == "weighted":
                return found[1], []
            message = "the results are not the weighted ones, with which the framework's values are made."
            remedy = f"Fetch the weighted organisational results from {SURVEY_PAGE}."
            return found[1], [on_sheet(file, sheet, message, remedy, row=number, value=plain(cell))]
    message = "no title above the header says the survey year (NHS Staff Survey 2024 - WEIGHTED Results)."
    return "", [on_sheet(file, sheet, message, f"Fetch the workbook again from {SURVEY_PAGE}.")]


def _places(
    file: str, sheet: Sheet, header: Sequence[str], header_row: int, expected: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, Places], list[Problem]]:
    """Each heading by its words; the respondents of a score are in the column to its right."""
    about: dict[str, int] = {}
    results: dict[str, Places] = {}
    problems: list[Problem] = []
    known_about = {each.casefold(): each for each in _ABOUT}
    known_results = {each.casefold(): each for each in expected}

    def wrong(message: str, heading: str, remedy: str = _NEW_LAYOUT) -> None:
        problems.append(
            on_sheet(file, sheet.name, message, remedy, row=header_row, column=heading, value=heading)
        )

    for place, heading in enumerate(header):
        score = _SCORE.fullmatch(heading)
        before = _SCORE.fullmatch(header[place - 1]) if place else None
        if heading.casefold() in known_about:
            name = known_about[heading.casefold()]
            if name in about:
                wrong("this heading is there twice.", heading)
            about[name] = place
        elif score and score[1].casefold() in known_results:
            result_id = known_results[score[1].casefold()]
            if result_id in results:
                wrong("this heading is there twice.", heading)
            if place + 1 == len(header) or header[place + 1].casefold() != BASE.casefold():
                wrong(f"the column to the right of this score is not {BASE}.", heading)
            results[result_id] = Places("", place, place + 1)
        elif score:
            wrong("this score is none that the sheet is known to have.", heading)
        elif heading.casefold() == BASE.casefold():
            if not before:
                wrong("no score stands to the left of these respondents.", heading)
        elif heading or any(len(row) > place and plain(row[place]) for row in sheet.rows[header_row:]):
            wrong("this column is none that the sheet is known to have.", heading or f"number {place + 1}")
    missing = [each for each in _ABOUT if each not in about]
    missing += [f"{each} - score" for each in expected if each not in results]
    for heading in missing:
        problems.append(
            on_sheet(file, sheet.name, "this column is missing.", _NEW_LAYOUT, row=header_row, column=heading)
        )
    return about, _labelled(sheet.rows[: header_row - 1], results), problems


def _labelled(above: Sequence[Sequence[Cell]], results: Mapping[str, Places]) -> dict[str, Places]:
    """The label of a result stands above its score, behind its identifier."""
    found = {}
    for result_id, places in results.items():
        opening = f"{result_id} - ".casefold()
        texts = [plain(row[places.score]) for row in above if len(row) > places.score]
        label = next((text[len(opening) :] for text in texts if text.casefold().startswith(opening)), "")
        found[result_id] = places._replace(label=label)
    return found


def _other_label(
    file: str, sheet: str, above: Sequence[Sequence[Cell]], places: Places, expected: str
) -> Problem:
    """A label that changed may tell of another question behind the same identifier."""
    texts = [plain(row[places.score]) if len(row) > places.score else "" for row in above]
    row = next((number for number, text in enumerate(texts, start=1) if text), None)
    message = f"above this score stands something else than '{expected}'."
    remedy = f"See in the survey's technical guide whether it is the same result. {_NEW_LAYOUT}"
    column = f"{expected.split(' - ', maxsplit=1)[0]} - score"
    return on_sheet(file, sheet, message, remedy, row=row, column=column, value=texts[row - 1] if row else "")
