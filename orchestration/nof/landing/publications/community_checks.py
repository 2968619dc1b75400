"""What the tables of the community waiting lists must be to one another and to the national overview."""

from collections.abc import Iterator, Mapping, Sequence

from nof.errors import Problem
from nof.landing.publications.community_services import NATIONAL_ONLY, OVERVIEW, SERVICES, TABLES, TOTAL
from nof.landing.publications.community_table import (
    NATIONAL,
    CommunityTable,
    Organisation,
    Waiting,
    period_in,
    service_of,
)
from nof.landing.publications.workbook import Sheet, cell_text
from nof.landing.text import as_number, clean

_LEVELS = ("Region", "ICB", "Provider")
_ENGLAND = Organisation(NATIONAL, "")
_AGAIN = (
    "Fetch the workbook again; if it is so published, ask the publisher which figure is right before it is "
    "landed."
)


def find_table_disagreements(
    file: str, tables: Sequence[CommunityTable], overview: Sheet
) -> Iterator[Problem]:
    """All that does not agree. That bands fall short of the total is published so, and is no problem.

    Args:
        file: what to call the file in a problem.
        tables: all of TABLES, each without problems of its own.
        overview: Table 3.
    """
    yield from _months(file, tables, overview)
    yield from _rows(file, tables)
    for table in tables:
        yield from _sums(file, table)
        yield from _overview(file, table, overview)
    (total,) = (table for table in tables if table.band == TOTAL)
    for table in tables:
        for key, band in table.cells.items():
            whole = total.cells.get(key)
            if band.number is not None and (
                whole is None or (whole.number is not None and band.number > whole.number)
            ):
                stated = "is empty" if whole is None else f"has {whole.text}"
                yield _problem(
                    file, table, band, f"one band of weeks is more than the total: {total.sheet} {stated}."
                )


def _months(file: str, tables: Sequence[CommunityTable], overview: Sheet) -> Iterator[Problem]:
    title = clean(cell_text(overview.rows[0][0])) if overview.rows else ""
    months = {OVERVIEW: period_in(title) or "no month", **{table.sheet: table.period for table in tables}}
    if len(set(months.values())) > 1:
        shown = ", ".join(f"{sheet} has {month}" for sheet, month in months.items())
        yield Problem(file, f"the titles of the tables are of different months: {shown}.", _AGAIN, row=1)


def _rows(file: str, tables: Sequence[CommunityTable]) -> Iterator[Problem]:
    """Every table has a row for the same organisations."""
    everywhere = {each for table in tables for each in table.organisations}
    for table in tables:
        for missing in sorted(everywhere - table.organisations.keys()):
            said = f"{table.sheet}: {missing.type} {missing.code} has no row, and has one in another table."
            yield Problem(file, said, _AGAIN, column="Organisation Code", value=missing.code)


def _sums(file: str, table: CommunityTable) -> Iterator[Problem]:
    """Regions, ICBs and providers each add up to England, service by service."""
    below: dict[tuple[str, str], list[Waiting]] = {}
    for (body, service), each in table.cells.items():
        below.setdefault((body.type, service), []).append(each)
    for service in SERVICES:
        england = table.cells.get((_ENGLAND, service))
        for level in _LEVELS:
            parts = below.get((level, service), [])
            if england is None:
                if parts:
                    said = f"England has nothing, and a row of type {level} has this."
                    yield _problem(file, table, parts[0], said)
                continue
            if not parts and service in NATIONAL_ONLY:
                continue
            numbers = [each.number for each in parts if each.number is not None]
            if england.number is None or len(numbers) < len(parts):
                continue
            if sum(numbers) != england.number:
                yield _problem(
                    file,
                    table,
                    england,
                    f"England: the {len(parts)} rows of type {level} add up to {sum(numbers)}.",
                )


def _overview(file: str, table: CommunityTable, overview: Sheet) -> Iterator[Problem]:
    """England in Table 3, a service to a row and a band to a column, is England in the tables."""
    column = list(TABLES).index(table.sheet) + 1
    stated: Mapping[str, tuple[int, str]] = {
        service_of(cell_text(row[0])): (number, clean(cell_text(row[column])))
        for number, row in enumerate(overview.rows, start=1)
        if len(row) > column
    }
    for service in SERVICES:
        england = table.cells.get((_ENGLAND, service))
        number, text = stated.get(service, (None, ""))
        # A band of a service that is only published in total stands in Table 3 alone, now and then.
        if england is None and service in NATIONAL_ONLY:
            continue
        found = as_number(text)
        if (england.number if england else None) != (None if found is None else int(found)):
            shown = f"England has {england.text}" if england else "England has nothing"
            said = f"{OVERVIEW}: in {table.sheet} {shown}."
            yield Problem(file, said, _AGAIN, row=number, column=f"{service}, {table.band}", value=text)


def _problem(file: str, table: CommunityTable, cell: Waiting, said: str) -> Problem:
    return Problem(file, f"{table.sheet}: {said}", _AGAIN, cell.row, cell.heading, cell.text)
