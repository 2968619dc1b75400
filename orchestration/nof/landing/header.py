"""Which kind of file a header announces, where its columns are, and what is wrong with it."""

from collections.abc import Mapping
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.columns import ODS_WIDTH, OPTIONAL_COLUMN, PUBLISHED_COLUMNS
from nof.landing.model import LEAGUE_TABLE, OVERSIGHT_DATA, REGISTER_ENTRIES, FileKind
from nof.landing.text import clean

_KIND_SHOWN: dict[FileKind, str] = {
    OVERSIGHT_DATA: "oversight data file",
    LEAGUE_TABLE: "league table",
    REGISTER_ENTRIES: "register",
}

_AS_PUBLISHED = (
    "Put the column back under the heading that NHS England gives it; its cells may be empty only where a "
    "shorthand for no value may stand."
)
_PUT_BACK: dict[FileKind, str] = {
    OVERSIGHT_DATA: _AS_PUBLISHED,
    LEAGUE_TABLE: _AS_PUBLISHED,
    REGISTER_ENTRIES: "Put the column back; `nof templates` writes a register with every heading.",
}

# A header is taken for a kind when it has at least this many of the columns that only this kind has.
_TELLING_COLUMNS = 2


class Header(NamedTuple):
    """The kind of file (None: no kind that is known) and the place of each column found, by landing name."""

    file_kind: FileKind | None
    places: Mapping[str, int]
    problems: list[Problem]


def read_header(file: str, cells: list[str]) -> Header:
    """Match a header in any order and any case, spaces around the headings tolerated.

    Args:
        file: what to call the file in a problem.
        cells: the first record of the file.
    """
    headings = [clean(cell) for cell in cells]
    kind = _kind_of({heading.casefold() for heading in headings})
    if kind is None:
        return Header(None, {}, [_no_kind(file, cells)])
    names = {column.published.casefold(): column for column in PUBLISHED_COLUMNS[kind]}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for place, heading in enumerate(headings):
        column = names.get(heading.casefold())
        if column is None:
            problems.append(_unknown_column(file, heading, place, kind))
        elif column.name in places:
            problems.append(
                Problem(
                    file,
                    f"this column is there twice, as columns {places[column.name] + 1} and {place + 1}.",
                    "Take one of the two away.",
                    row=1,
                    column=column.published,
                    value=cells[place],
                )
            )
        else:
            places[column.name] = place
    problems += [
        Problem(
            file,
            f"this column is missing from the header of the {_KIND_SHOWN[kind]}.",
            _PUT_BACK[kind],
            row=1,
            column=column.published,
        )
        for column in PUBLISHED_COLUMNS[kind]
        if column.name not in places and column.name != OPTIONAL_COLUMN
    ]
    return Header(kind, places, problems)


def _kind_of(headings: set[str]) -> FileKind | None:
    names = {
        kind: {column.published.casefold() for column in PUBLISHED_COLUMNS[kind]} for kind in _KIND_SHOWN
    }
    telling = {
        kind: len(headings & (own - set().union(*(names[other] for other in names if other != kind))))
        for kind, own in names.items()
    }
    kind = max(telling, key=lambda each: telling[each])
    return kind if telling[kind] >= _TELLING_COLUMNS else None


def _no_kind(file: str, cells: list[str]) -> Problem:
    shown = ",".join(cells)
    if len(cells) == 1 and any(mark in shown for mark in (";", "\t", "|")):
        return Problem(
            file,
            "the cells are not separated by commas.",
            "Save it as comma-separated CSV (UTF-8).",
            row=1,
            value=shown[:80],
        )
    expected = "; or ".join(
        f"{', '.join(column.published for column in PUBLISHED_COLUMNS[kind])} ({shown_kind})"
        for kind, shown_kind in _KIND_SHOWN.items()
    )
    return Problem(
        file,
        "the first row is the header neither of an oversight data file nor of a league table, neither of a "
        "register nor a row of an ODS trust file.",
        "Land the files as NHS England and ODS publish them, or a filled template (`nof templates`), with "
        f"the header in row 1: {expected}. An ODS trust file has no header and {ODS_WIDTH} columns.",
        row=1,
        value=shown[:80],
    )


def _unknown_column(file: str, heading: str, place: int, kind: FileKind) -> Problem:
    published = ", ".join(column.published for column in PUBLISHED_COLUMNS[kind])
    return Problem(
        file,
        f"this column is not one of the {_KIND_SHOWN[kind]}: {published}."
        if heading
        else f"column {place + 1} has no heading.",
        "Correct the heading, or take the column away.",
        row=1,
        column=heading or f"number {place + 1}",
        value=heading,
    )
