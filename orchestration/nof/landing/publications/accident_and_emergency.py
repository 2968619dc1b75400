"""Monthly A&E attendances and emergency admissions: one CSV a month, one row for each organisation."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nof.errors import Problem
from nof.landing.bounds import LONGEST_LINE_BYTES, cells_bounded, find_out_of_bounds
from nof.landing.cell_checks import plain_text
from nof.landing.decode import decode
from nof.landing.lookups import Lookups
from nof.landing.model import Period, Readable, Table
from nof.landing.opened import Opened
from nof.landing.persons import find_persons
from nof.landing.publications.counted import ROWS_LOST, count_of, shown
from nof.landing.publications.headings import NumberedRow, is_header, match_headings
from nof.landing.publications.model import Publication
from nof.landing.records import FETCH_AGAIN, TOP_ROWS, read_records
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.landing.text import canonical, clean

_WORDS = ("Period", "Org Code", "Parent Org", "Org name")
_COUNTS = (
    "A&E attendances Type 1",
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    "A&E attendances Booked Appointments Type 1",
    "A&E attendances Booked Appointments Type 2",
    "A&E attendances Booked Appointments Other Department",
    "Attendances over 4hrs Type 1",
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Attendances over 4hrs Booked Appointments Type 1",
    "Attendances over 4hrs Booked Appointments Type 2",
    "Attendances over 4hrs Booked Appointments Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
)
_NAMES = SOURCE_COLUMNS["ae_attendances"]
# The published heading of each landing column; the order is that of the files.
COLUMNS = dict(zip((*_WORDS, *_COUNTS), _NAMES, strict=True))
_HEADINGS = {name: heading for heading, name in COLUMNS.items()}
_COUNT_NAMES = tuple(COLUMNS[heading] for heading in _COUNTS)
# Attendances, and those of them that were over four hours. Booked ones are beside the others, not of them.
_PARTS = tuple(zip(_COUNT_NAMES[:6], _COUNT_NAMES[6:12], strict=True))

_TOTAL = "total"
_PERIOD = re.compile(r"MSitAE-([A-Z]+)-([0-9]{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Trusts have three characters, sites and some providers five, general practices six.
_CODE = re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}|[A-Z0-9]{6}")

_Row = Mapping[str, str]
_Rows = Sequence[tuple[int, _Row]]


def _is_it(opened: Opened) -> bool:
    """A text with the header, or most of it, in one of its first rows."""
    if opened.form != "text":
        return False
    text = opened.content[:LONGEST_LINE_BYTES].decode("utf-8-sig", errors="replace")
    try:
        with cells_bounded():
            top = [cells for _, cells in zip(range(TOP_ROWS), csv.reader(io.StringIO(text)), strict=False)]
    except csv.Error:
        return is_header(opened.first_record, COLUMNS)
    return any(is_header(cells, COLUMNS) for cells in top)


def _read(file: str, opened: Opened, _lookups: Lookups) -> Readable | list[Problem]:
    text = find_out_of_bounds(file, opened.content) or decode(file, opened.content)
    if isinstance(text, Problem):
        return [text]
    persons = find_persons(file, text)
    if persons:
        return persons
    records = read_records(file, text)
    if not is_header(records.header, COLUMNS):
        return [_not_in_row_1(file, records.top)]
    numbered = [
        NumberedRow(number, cells) for number, cells in zip(records.row_numbers, records.rows, strict=True)
    ]
    places, problems = match_headings(file, NumberedRow(1, records.header), numbered, COLUMNS)
    problems += records.problems
    if len(places) < len(COLUMNS):
        return problems
    rows = [(row.number, {name: row.cells[places[name]] for name in _NAMES}) for row in numbered]
    totals = [(number, row) for number, row in rows if _is_total(row)]
    body = [(number, row) for number, row in rows if not _is_total(row)]
    if not body and not records.problems:
        problems.append(Problem(file, "the file has a header and no rows of organisations.", FETCH_AGAIN))
    month, found = _month(file, body)
    problems += found
    for number, row in rows:
        problems += _faults(file, number, row, is_total=_is_total(row))
    kept, found = _once(file, body)
    problems += found
    # Sums of rows of which some cannot be read would blame the TOTAL row for what is said already.
    problems += [] if problems else _totals(file, kept, totals)
    if problems or month is None:
        return sorted(problems, key=lambda each: each.row or 0)
    table = Table(
        rows=tuple((month, *(row[name] for name in _NAMES[1:])) for _, row in kept),
        row_numbers=tuple(number for number, _ in kept),
        vintages=(Period("ae_attendances", month),) * len(kept),
    )
    return Readable("ae_attendances", table, len(body), len(body) - len(kept))


def _is_total(row: _Row) -> bool:
    return clean(row["organisation_code"]).casefold() == _TOTAL


def _not_in_row_1(file: str, top: list[list[str]]) -> Problem:
    place = next((number for number, cells in enumerate(top, start=1) if is_header(cells, COLUMNS)), 2)
    above = "row 1" if place == 2 else f"rows 1 to {place - 1}"
    return Problem(
        file,
        f"the header of the monthly A&E file is not in row 1 but in row {place}.",
        f"Take {above} away.",
        row=place,
    )


def _month(file: str, body: _Rows) -> tuple[str | None, list[Problem]]:
    """The one month of all rows, as 2024-06."""
    months: dict[str, int] = {}
    problems = []
    for number, row in body:
        found = _PERIOD.fullmatch(clean(row["period"]))
        if found and found[1].casefold() in _MONTHS:
            months.setdefault(f"{found[2]}-{_MONTHS.index(found[1].casefold()) + 1:02}", number)
        else:
            problems.append(
                Problem(
                    file,
                    "this is no month as the monthly A&E file writes it.",
                    "Fetch the file again; a month is written like MSitAE-JUNE-2024.",
                    row=number,
                    column="Period",
                    value=row["period"],
                )
            )
    (one, first), *others = months.items() or [(None, 0)]
    problems += [
        Problem(
            file,
            f"the file is of one month, and row {first} is of {one}.",
            "Land the file of each month by itself, as it is published.",
            row=number,
            column="Period",
            value=month,
        )
        for month, number in others
    ]
    return one, problems


def _faults(file: str, number: int, row: _Row, *, is_total: bool) -> Iterator[Problem]:
    for name in () if is_total else ("organisation_code", "parent_name", "organisation_name"):
        fault = _word_fault(name, clean(row[name]))
        if fault:
            yield Problem(file, *fault, row=number, column=_HEADINGS[name], value=row[name])
    counts: dict[str, Decimal] = {}
    for name in _COUNT_NAMES:
        counted = count_of(row[name])
        if counted.number is None:
            yield Problem(
                file, counted.message, counted.remedy, row=number, column=_HEADINGS[name], value=row[name]
            )
        else:
            counts[name] = counted.number
    for whole, part in _PARTS:
        if whole in counts and part in counts and counts[part] > counts[whole]:
            yield Problem(
                file,
                f"more attendances were over 4 hours than there were ({_HEADINGS[whole]}: {row[whole]}).",
                "Fetch the file again; if it is published so, ask NHS England which figure is right.",
                row=number,
                column=_HEADINGS[part],
                value=row[part],
            )


def _word_fault(name: str, text: str) -> tuple[str, str] | None:
    if name == "organisation_code" and not _CODE.fullmatch(text):
        return (
            "this is not the code of an organisation: three, five or six capital letters and digits.",
            "Fetch the file again; a spreadsheet may have rewritten the code.",
        )
    return plain_text(text) if text else ("this cell is empty and must not be.", FETCH_AGAIN)


def _once(file: str, body: _Rows) -> tuple[list[tuple[int, _Row]], list[Problem]]:
    """Every organisation once, and a problem for each row that says something else of one."""
    first: dict[str, tuple[int, _Row]] = {}
    problems = []
    for number, row in body:
        earlier, before = first.setdefault(clean(row["organisation_code"]), (number, row))
        different = next((name for name in _NAMES if canonical(row[name]) != canonical(before[name])), None)
        if different:
            problems.append(
                Problem(
                    file,
                    f"rows {earlier} and {number} are both of {clean(row['organisation_code'])} and differ: "
                    f"row {earlier} has {before[different]!r}.",
                    "Take away the wrong one, or fetch the file again.",
                    row=number,
                    column=_HEADINGS[different],
                    value=row[different],
                )
            )
    return list(first.values()), problems


def _totals(file: str, kept: _Rows, totals: _Rows) -> Iterator[Problem]:
    """The file's own total of England against the sum of the organisations, column by column."""
    if not totals:
        yield Problem(
            file,
            "the file has no TOTAL row, so nothing says that it is whole.",
            "Fetch the file again: its last rows may be lost.",
        )
    for number, total in totals:
        for name in _COUNT_NAMES:
            stated = count_of(total[name]).number
            added = sum((count_of(row[name]).number or Decimal(0) for _, row in kept), Decimal(0))
            if stated is not None and stated != added:
                yield Problem(
                    file,
                    f"the TOTAL row does not agree with the {len(kept)} organisations, which add up to "
                    f"{shown(added)} ({shown(abs(added - stated))} {'more' if added > stated else 'less'}).",
                    ROWS_LOST,
                    row=number,
                    column=_HEADINGS[name],
                    value=total[name],
                )


# Every cell of the CSV is looked at before it is read.
ACCIDENT_AND_EMERGENCY = Publication(file_kind="ae_attendances", is_it=_is_it, read=_read, texts={})
