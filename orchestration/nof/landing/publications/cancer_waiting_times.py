"""Cancer waiting times, provider extract: one workbook of some months, one row for each cell of a table."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.lookups import Lookups
from nof.landing.model import Period, Readable, Table
from nof.landing.opened import Opened
from nof.landing.publications.broken_cells import broken_cell_problems
from nof.landing.publications.cancer_rows import COLUMNS, COUNT_NAMES, HEADINGS, find_faults
from nof.landing.publications.cancer_tables import ROW_DIMENSIONS, is_by_cancer_type
from nof.landing.publications.counted import ROWS_LOST, count_of, shown
from nof.landing.publications.headings import NumberedRow, is_header, match_headings
from nof.landing.publications.model import Publication
from nof.landing.publications.workbook import Sheet, cell_text, read_sheets
from nof.landing.records import FETCH_AGAIN, TOP_ROWS
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.landing.text import canonical, clean

_NAMES = SOURCE_COLUMNS["cancer_waits"]
# What makes two rows the same row; the counts are the rest.
_KEY = _NAMES[:6]
_FAMILY = re.compile(r"\bCWT\b", re.IGNORECASE)
_EXTRACT = re.compile(r"\bprovider extract\b", re.IGNORECASE)

_Row = Mapping[str, str]


class _Group(NamedTuple):
    """A month, standard, provider and route, whose patients are counted by cancer type and by modality."""

    period: str
    standard: str
    organisation_code: str
    stage_or_route: str


def _is_it(opened: Opened) -> bool:
    return opened.form == "workbook" and any(_FAMILY.search(name) for name in opened.sheets)


def _read(file: str, opened: Opened, _lookups: Lookups) -> Readable | list[Problem]:
    names = [name for name in opened.sheets if _EXTRACT.search(name)]
    if len(names) != 1:
        return [_no_extract(file, opened.sheets)]
    sheets = read_sheets(file, opened, names)
    if isinstance(sheets, Problem):
        return [sheets]
    numbered = _numbered(sheets[0])
    top = next((at for at, row in enumerate(numbered[:TOP_ROWS]) if is_header(row.cells, COLUMNS)), None)
    if top is None:
        return [_no_header(file, names[0])]
    header, below = numbered[top], [row for row in numbered[top + 1 :] if any(map(clean, row.cells))]
    places, problems = match_headings(file, header, below, COLUMNS)
    headings = {place: HEADINGS[name] for name, place in places.items()}
    broken = broken_cell_problems(file, opened, names[0], headings, after_row=header.number)
    # Read on, and each would be told once more as an empty cell.
    if broken or len(places) < len(COLUMNS):
        return [*problems, *broken]
    if not below:
        problems.append(Problem(file, "the sheet has a header and no rows.", FETCH_AGAIN))
    first: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}
    groups: dict[_Group, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 6)
    started: dict[_Group, int] = {}
    for number, cells in below:
        row = {name: cells[place] for name, place in places.items()}
        found = list(find_faults(file, number, row))
        if found:
            problems += found
            continue
        landed = (clean(row["period"])[:7], *(row[name] for name in _NAMES[1:]))
        key = tuple(map(clean, landed[: len(_KEY)]))
        earlier = first.setdefault(key, (number, landed))
        if earlier[0] != number:
            problems += _contradiction(file, earlier, (number, landed))
            continue
        if ROW_DIMENSIONS[key[1]].is_counted_twice:
            group = _Group(key[0], key[1], key[2], key[3])
            started.setdefault(group, number)
            _add(groups[group], row)
    # Where a row cannot be read the sums would tell it once more.
    problems += [] if problems else _margins(file, groups, started)
    if problems:
        return sorted(problems, key=lambda each: each.row or 0)
    table = Table(
        rows=tuple(landed for _, landed in first.values()),
        row_numbers=tuple(number for number, _ in first.values()),
        vintages=tuple(_period(landed[0]) for _, landed in first.values()),
    )
    return Readable("cancer_waits", table, len(below), len(below) - len(first))


@lru_cache(maxsize=64)
def _period(month: str) -> Period:
    return Period("cancer_waits", month)


def _numbered(sheet: Sheet) -> list[NumberedRow]:
    return [
        NumberedRow(number, [cell if isinstance(cell, str) else cell_text(cell) for cell in cells])
        for number, cells in enumerate(sheet.rows, start=1)
    ]


def _no_extract(file: str, sheets: tuple[str, ...]) -> Problem:
    return Problem(
        file,
        "this is a workbook of cancer waiting times, and one of its sheets must be the provider extract.",
        "Fetch the monthly data extract by provider, whose sheet is called 'CWT CRS Provider Extract'.",
        value=", ".join(sheets)[:80],
    )


def _no_header(file: str, sheet: str) -> Problem:
    return Problem(
        file,
        f"none of the first {TOP_ROWS} rows of the sheet {sheet} is the header of the extract: "
        f"{', '.join(COLUMNS)}.",
        "Fetch the file again; if it is published so, the layout is new: have the reader changed first.",
    )


def _contradiction(
    file: str, earlier: tuple[int, tuple[str, ...]], later: tuple[int, tuple[str, ...]]
) -> Iterator[Problem]:
    for name, before, after in zip(_NAMES, earlier[1], later[1], strict=True):
        if canonical(before) != canonical(after):
            yield Problem(
                file,
                f"rows {earlier[0]} and {later[0]} count the same (month, standard, provider, route, "
                f"modality and cancer type) and differ: row {earlier[0]} has {before!r}.",
                "Take away the wrong one, or fetch the file again.",
                row=later[0],
                column=HEADINGS[name],
                value=after,
            )
            return


def _add(sums: list[Decimal], row: _Row) -> None:
    start = 0 if is_by_cancer_type(clean(row["treatment_modality"])) else 3
    for place, name in enumerate(COUNT_NAMES, start=start):
        number = count_of(row[name], may_be_half=True).number
        assert number is not None, "a count that cannot be read is a problem"
        sums[place] += number


def _margins(
    file: str, groups: Mapping[_Group, list[Decimal]], started: Mapping[_Group, int]
) -> Iterator[Problem]:
    """The rows of ALL MODALITIES against those of ALL CANCERS: both count the same patients."""
    for group, sums in groups.items():
        for place, name in enumerate(COUNT_NAMES):
            by_type, by_modality = sums[place], sums[place + 3]
            if by_type != by_modality:
                yield Problem(
                    file,
                    f"{', '.join((group.organisation_code, *group[:2], group.stage_or_route))}: the rows by "
                    f"cancer type (ALL MODALITIES) add up to {shown(by_type)} and those by modality "
                    f"(ALL CANCERS) to {shown(by_modality)}.",
                    ROWS_LOST,
                    row=started[group],
                    column=HEADINGS[name],
                )


CANCER_WAITING_TIMES = Publication(
    file_kind="cancer_waits",
    is_it=_is_it,
    read=_read,
    texts={"cancer_type": HEADINGS["cancer_type"]},
)
