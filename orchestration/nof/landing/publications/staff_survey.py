"""NHS Staff Survey, organisational results: People Promise elements, themes and their sub-scores."""

from collections.abc import Mapping, Sequence

from nof.errors import Problem
from nof.landing.lookups import Lookups
from nof.landing.model import FileKind, Period, Readable, Table
from nof.landing.opened import Opened
from nof.landing.publications.broken_cells import broken_cell_problems
from nof.landing.publications.model import Publication
from nof.landing.publications.staff_survey_layout import (
    CODE,
    GROUP,
    NAME,
    RESULTS,
    SURVEY_PAGE,
    headings_read,
    layout_of,
    on_sheet,
)
from nof.landing.publications.staff_survey_rows import Organisation, Read, read_rows
from nof.landing.publications.workbook import read_sheets
from nof.landing.text import canonical

_KIND: FileKind = "staff_survey_results"
_AGAIN = f"Fetch the organisational results again from {SURVEY_PAGE}."


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_it(opened: Opened) -> bool:
    """One sheet of the two is enough: that the other is missing is for the reader to say."""
    return opened.form == "workbook" and bool(
        {_bare(each) for each in opened.sheets} & {_bare(each) for each in RESULTS}
    )


def _read(file: str, opened: Opened, _lookups: Lookups) -> Readable | list[Problem]:
    there = {_bare(name): name for name in opened.sheets}
    problems = [
        Problem(
            file,
            f"the sheet {name} is missing from these results of the NHS Staff Survey.",
            f"{_AGAIN[:-1]}; if it is missing there, the layout is new and has to be added to the reader.",
        )
        for name in RESULTS
        if _bare(name) not in there
    ]
    names = [name for name in RESULTS if _bare(name) in there]
    sheets = read_sheets(file, opened, [there[_bare(name)] for name in names])
    if isinstance(sheets, Problem):
        return [*problems, sheets]
    read: dict[str, Read] = {}
    years: dict[str, str] = {}
    for name, sheet in zip(names, sheets, strict=True):
        called = sheet._replace(name=name)
        layout = layout_of(file, called, RESULTS[name])
        if isinstance(layout, list):
            problems += layout
            continue
        broken = broken_cell_problems(
            file, opened, there[_bare(name)], headings_read(layout), after_row=layout.header_row
        )
        # Read on, and each would be told once more as an empty cell.
        if broken:
            problems += broken
            continue
        years[name] = layout.year
        read[name] = read_rows(file, called, layout)
        problems += read[name].problems
    if len(read) == len(RESULTS):
        problems += _disagreeing_years(file, years)
        problems += _disagreeing_organisations(file, read)
    if problems:
        return problems
    return Readable(
        _KIND,
        _table(next(iter(years.values())), list(read.values())),
        sum(each.row_count for each in read.values()),
        sum(each.repeated_row_count for each in read.values()),
    )


def _disagreeing_years(file: str, years: Mapping[str, str]) -> list[Problem]:
    if len(set(years.values())) == 1:
        return []
    said = " and ".join(f"{name} {year}" for name, year in years.items())
    return [Problem(file, f"the titles of the sheets are of two survey years: {said}.", _AGAIN)]


def _disagreeing_organisations(file: str, read: Mapping[str, Read]) -> list[Problem]:
    """Every organisation stands on both sheets, and they say the same of it."""
    (one, first), (other, second) = read.items()
    problems = []
    for name, here, there, elsewhere in ((one, first, other, second), (other, second, one, first)):
        for code, each in here.organisations.items():
            if code not in elsewhere.organisations:
                problems.append(_only_here(file, name, there, each))
    for code, each in second.organisations.items():
        known = first.organisations.get(code)
        if known and [canonical(cell) for cell in known.about] != [canonical(cell) for cell in each.about]:
            message = f"name, benchmarking group or weighting differ from row {known.row} of the sheet {one}."
            shown = ", ".join(each.about)
            problems.append(on_sheet(file, other, message, _AGAIN, row=each.row, column=CODE, value=shown))
    return problems


def _only_here(file: str, sheet: str, other: str, each: Organisation) -> Problem:
    message = f"this organisation is not on the sheet {other}."
    return on_sheet(file, sheet, message, _AGAIN, row=each.row, column=CODE, value=each.code)


def _table(year: str, read: Sequence[Read]) -> Table:
    """One row per organisation and result; several rows of the table are from one row of a sheet."""
    found = [
        (each.row, (year, each.code, *each.about, result_id, result.label, result.respondents, result.value))
        for sheet in read
        for each in sheet.organisations.values()
        for result_id, result in each.results.items()
    ]
    return Table(
        rows=tuple(cells for _, cells in found),
        row_numbers=tuple(row for row, _ in found),
        vintages=(Period(_KIND, year),) * len(found),
    )


STAFF_SURVEY = Publication(
    _KIND,
    _is_it,
    _read,
    texts={"organisation_name": NAME, "benchmark_group": GROUP},
)
