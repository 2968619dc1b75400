"""Community health services waiting lists: the monthly workbook, Tables 4 and 4a to 4h."""

from sys import intern
from typing import Literal

from nof.errors import Problem
from nof.landing.lookups import Lookups
from nof.landing.model import Period, Readable, Table
from nof.landing.opened import Opened
from nof.landing.publications.broken_cells import broken_cell_problems
from nof.landing.publications.community_checks import find_table_disagreements
from nof.landing.publications.community_services import BESIDE, OVERVIEW, TABLES
from nof.landing.publications.community_table import CommunityTable, read_table
from nof.landing.publications.model import Publication
from nof.landing.publications.workbook import read_sheets

_KIND: Literal["community_waits"] = "community_waits"
# Of the nine tables by band; so many sheets of these names no other publication has.
_ENOUGH = 6


def _is_it(opened: Opened) -> bool:
    return opened.form == "workbook" and len(TABLES.keys() & set(opened.sheets)) >= _ENOUGH


def _read(file: str, opened: Opened, _lookups: Lookups) -> Readable | list[Problem]:
    wanted = [OVERVIEW, *TABLES]
    problems = [
        Problem(file, f"the sheet {name} is missing.", "Fetch the workbook again from where it is published.")
        for name in wanted
        if name not in opened.sheets
    ]
    problems += [
        Problem(
            file,
            f"the sheet {name} is not known.",
            "See what the publisher added: a table or a band of weeks that is new is not passed over unread.",
        )
        for name in opened.sheets
        if name not in BESIDE and name not in wanted
    ]
    if problems:
        return problems
    sheets = read_sheets(file, opened, wanted)
    if isinstance(sheets, Problem):
        return [sheets]
    tables = [read_table(file, sheet) for sheet in sheets[1:]]
    problems = [
        problem
        for table in tables
        for problem in (
            *table.problems,
            *broken_cell_problems(file, opened, table.sheet, table.headings, after_row=table.header_row),
        )
    ]
    problems = problems or list(find_table_disagreements(file, tables, sheets[0]))
    return problems or _readable(tables)


def _readable(tables: list[CommunityTable]) -> Readable:
    cells = [
        (table, organisation, each) for table in tables for (organisation, _), each in table.cells.items()
    ]
    unit = Period(_KIND, tables[0].period)
    rows = tuple(
        (
            table.period,
            *(organisation.type, organisation.code, intern(each.name)),
            *(table.band, each.heading, each.text),
        )
        for table, organisation, each in cells
    )
    repeated = sum(table.repeated_count for table in tables)
    numbers = tuple(each.row for _, _, each in cells)
    return Readable(_KIND, Table(rows, numbers, (unit,) * len(rows)), len(rows) + repeated, repeated)


COMMUNITY_WAITS = Publication(
    file_kind=_KIND,
    is_it=_is_it,
    read=_read,
    texts={"organisation_name": "Organisation Name"},
)
