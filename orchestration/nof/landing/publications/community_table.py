"""One table of the community waiting lists (Table 4, or 4a to 4h): title, notes, headings and rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.cell_checks import ORGANISATION_CODE
from nof.landing.no_number import why_no_number
from nof.landing.publications.community_services import SERVICES, TABLES
from nof.landing.publications.workbook import Cell, Sheet, cell_text
from nof.landing.records import FETCH_AGAIN, TOP_ROWS
from nof.landing.text import as_number, clean

ORGANISATION = ("Organisation Type", "Organisation Code", "Organisation Name")
NATIONAL = "National"
_CODES = {
    NATIONAL: re.compile(""),
    "Region": re.compile(r"Y[0-9]{2}"),
    "ICB": re.compile(r"Q[A-Z0-9]{2}"),
    "Provider": ORGANISATION_CODE,
}
SUPPRESSED = "*"
_MONTH = re.compile(r", ([A-Z][a-z]+ 20[0-9]{2})$")
_LOOK = "See what the publisher changed; the columns are not guessed."
_SERVICE = (
    "See what the publisher changed; a service that is new, or has another name, is written in "
    "community_services.py once it is known what is counted in it."
)


class Organisation(NamedTuple):
    """National has no code."""

    type: str
    code: str


class Waiting(NamedTuple):
    """One cell with something in it; `number` is None where it is suppressed.

    Attributes:
        row: of the spreadsheet.
        heading: of the service, as published.
        name: of the organisation, as published.
    """

    row: int
    heading: str
    name: str
    text: str
    number: int | None


@dataclass
class CommunityTable:
    """What one sheet holds; where `problems` are, the rest may be incomplete.

    Attributes:
        band: weeks waited, or total.
        period: the month in the title, as 2025-06.
        header_row: of the spreadsheet, and `headings` by their place in it, counted from 0.
        cells: by organisation and service, services by their known names.
        organisations: all that have a row, with the row.
        repeated_count: cells of rows that repeat another row exactly.
    """

    sheet: str
    band: str
    period: str = ""
    header_row: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    cells: dict[tuple[Organisation, str], Waiting] = field(default_factory=dict)
    organisations: dict[Organisation, int] = field(default_factory=dict)
    repeated_count: int = 0
    problems: list[Problem] = field(default_factory=list)


def service_of(heading: str) -> str:
    """A heading as it is compared: without the asterisk that points at a note, and extra spaces."""
    return re.sub(r"\s+", " ", clean(heading).rstrip("*")).strip()


def read_table(file: str, sheet: Sheet) -> CommunityTable:
    """Read one table.

    Args:
        file: what to call the file in a problem.
        sheet: one of TABLES.
    """
    band, beginning = TABLES[sheet.name]
    table = CommunityTable(sheet.name, band)
    _read_title(file, table, sheet, beginning)
    header_row = next(
        (
            number
            for number, row in enumerate(sheet.rows[:TOP_ROWS], start=1)
            if len(set(ORGANISATION) & {clean(cell_text(cell)) for cell in row}) >= len(ORGANISATION) - 1
        ),
        None,
    )
    if header_row is None:
        table.problems.append(
            Problem(
                file,
                f"the sheet {sheet.name} has no row of headings with {', '.join(ORGANISATION)} in its first "
                f"{TOP_ROWS} rows.",
                _LOOK,
            )
        )
        return table
    headings = [clean(cell_text(cell)) for cell in sheet.rows[header_row - 1]]
    table.header_row, table.headings = header_row, dict(enumerate(headings))
    table.problems += _faulty_headings(file, sheet.name, header_row, headings)
    if not table.problems:
        reader = _Rows(file, table, headings)
        for number, row in enumerate(sheet.rows[header_row:], start=header_row + 1):
            reader.take(number, row)
        if not table.organisations and not table.problems:
            table.problems.append(
                Problem(file, f"the sheet {sheet.name} has headings and no rows.", FETCH_AGAIN)
            )
    return table


def period_in(title: str) -> str | None:
    """The month at the end of a title, `June 2025`, as 2025-06."""
    found = _MONTH.search(title)
    try:
        return datetime.strptime(found[1], "%B %Y").strftime("%Y-%m") if found else None
    except ValueError:
        return None


def _read_title(file: str, table: CommunityTable, sheet: Sheet, beginning: str) -> None:
    title = clean(cell_text(sheet.rows[0][0])) if sheet.rows else ""
    plain = title.replace(">", "").replace("–", "-")
    if not plain.startswith(f"{beginning} ") and not plain.startswith(f"{beginning},"):
        message = f"the title of the sheet {sheet.name} does not begin with {beginning!r}."
        remedy = "See what the publisher changed: another table, or bands of other weeks, are not guessed."
        table.problems.append(Problem(file, message, remedy, row=1, value=title))
    period = period_in(title)
    if period is None:
        message = f"the title of the sheet {sheet.name} does not end in a month."
        remedy = "Write the month as published, such as ', June 2025', or fetch the workbook again."
        table.problems.append(Problem(file, message, remedy, row=1, value=title))
    table.period = period or ""


def _faulty_headings(file: str, sheet: str, row: int, headings: Sequence[str]) -> list[Problem]:
    problems = []
    known = {*ORGANISATION, *SERVICES}
    found = [heading if heading in ORGANISATION else service_of(heading) for heading in headings]
    for place, heading in enumerate(found):
        column = f"number {place + 1}"
        if heading not in known:
            said = "this column is no service that is known." if heading else "a column has no heading."
            problems.append(Problem(file, f"{sheet}: {said}", _SERVICE, row, column, headings[place]))
        elif found.index(heading) != place:
            said = f"{sheet}: this column is there more than once."
            problems.append(Problem(file, said, _LOOK, row, column, headings[place]))
    problems += [
        Problem(file, f"{sheet}: this column is missing.", _SERVICE, row, name)
        for name in (*ORGANISATION, *SERVICES)
        if name not in found
    ]
    return problems


class _Rows:
    """The rows below the headings, one after the other into the table."""

    def __init__(self, file: str, table: CommunityTable, headings: Sequence[str]) -> None:
        self._file = file
        self._table = table
        self._places = {name: headings.index(name) for name in ORGANISATION}
        self._services = [
            (place, heading, service_of(heading))
            for place, heading in enumerate(headings)
            if heading not in ORGANISATION
        ]

    def take(self, number: int, row: Sequence[Cell]) -> None:
        texts = [cell_text(cell) for cell in row]
        if not any(clean(text) for text in texts):
            return
        kind, code, name = (texts[self._places[each]] for each in ORGANISATION)
        organisation = Organisation(clean(kind), clean(code))
        if self._is_faulty(number, organisation, name):
            return
        found = {
            (organisation, service): Waiting(
                number, heading, name, texts[place], self._number(number, heading, texts[place])
            )
            for place, heading, service in self._services
            if clean(texts[place])
        }
        earlier = self._table.organisations.setdefault(organisation, number)
        if earlier == number:
            self._table.cells.update(found)
        else:
            self._repeat(earlier, number, organisation, found)

    def _is_faulty(self, number: int, organisation: Organisation, name: str) -> bool:
        pattern = _CODES.get(organisation.type)
        if pattern is None:
            self._tell(
                number,
                "Organisation Type",
                organisation.type,
                f"this is none of {', '.join(_CODES)}.",
                "Take away a note, a title or a total below the table; another type is not guessed.",
            )
            return True
        if not pattern.fullmatch(organisation.code):
            self._tell(
                number,
                "Organisation Code",
                organisation.code,
                f"this is no code of a row of type {organisation.type}.",
                "Fetch the workbook again; England has no code, a region one such as Y60, an ICB one such as "
                "QOC, a provider its ODS code.",
            )
            return True
        if not clean(name):
            self._tell(number, "Organisation Name", name, "the name is missing.", FETCH_AGAIN)
        return False

    def _number(self, number: int, heading: str, text: str) -> int | None:
        cleaned = clean(text)
        if cleaned == SUPPRESSED:
            return None
        found = as_number(cleaned)
        if found is not None and found >= 0 and found == found.to_integral_value():
            return int(found)
        if found is None:
            message = why_no_number(cleaned)
        else:
            message = "this number is negative." if found < 0 else "this number is not whole."
        self._tell(
            number,
            heading,
            text,
            message,
            "The number waiting is whole, from 0 up; * stands for a suppressed one and an empty cell for no "
            "submission. Fetch the workbook again.",
        )
        return None

    def _repeat(
        self,
        earlier: int,
        later: int,
        organisation: Organisation,
        found: dict[tuple[Organisation, str], Waiting],
    ) -> None:
        """A row that is there twice must say the same."""
        before = {key: each for key, each in self._table.cells.items() if key[0] == organisation}
        different = [
            key
            for key in sorted(before.keys() | found.keys())
            if (before[key].number if key in before else "") != (found[key].number if key in found else "")
        ]
        if not different:
            self._table.repeated_count += len(found)
            return
        key = different[0]
        self._tell(
            later,
            key[1],
            found[key].text if key in found else "",
            f"rows {earlier} and {later} are both {organisation.type} {organisation.code} and differ: row "
            f"{earlier} has {before[key].text if key in before else 'nothing'!r}.",
            "Take away the wrong one, or fetch the workbook again.",
        )

    def _tell(self, row: int, column: str, value: str, message: str, remedy: str) -> None:
        self._table.problems.append(
            Problem(self._file, f"{self._table.sheet}: {message}", remedy, row, column, value)
        )
