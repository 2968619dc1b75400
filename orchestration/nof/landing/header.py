"""Which kind of file a header announces, where its columns are, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.cell_checks import plain_text
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

_QUARTER = re.compile(r"Q[1-4] [0-9]{4}/[0-9]{2}")

# A header is taken for a kind when it has at least this many of the columns that only this kind has.
_TELLING_COLUMNS = 2


class Header(NamedTuple):
    """The kind of file (None: no kind that is known) and the place of each column found, by landing name."""

    file_kind: FileKind | None
    places: Mapping[str, int]
    problems: list[Problem]


def read_header(file: str, cells: list[str], top: Sequence[list[str]] = ()) -> Header:
    """Match a header in any order and any case, spaces around the headings tolerated.

    Args:
        file: what to call the file in a problem.
        cells: the first record of the file.
        top: the first records, to say where the header is if it is not the first of them.
    """
    headings = [clean(cell) for cell in cells]
    kind = kind_of(headings)
    if kind is None:
        return Header(None, {}, [_no_kind(file, cells, top)])
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


def kind_of(cells: Iterable[str]) -> FileKind | None:
    """The kind of file that a record is the header of, or None where it is no header."""
    headings = {clean(cell).casefold() for cell in cells}
    names = {
        kind: {column.published.casefold() for column in PUBLISHED_COLUMNS[kind]} for kind in _KIND_SHOWN
    }
    telling = {
        kind: len(headings & (own - set().union(*(names[other] for other in names if other != kind))))
        for kind, own in names.items()
    }
    kind = max(telling, key=lambda each: telling[each])
    return kind if telling[kind] >= _TELLING_COLUMNS else None


def _no_kind(file: str, cells: list[str], top: Sequence[list[str]]) -> Problem:
    shown = ",".join(cells)
    told = _told_apart(cells, top)
    if told:
        return Problem(file, *told, row=1, value=shown[:80])
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


def _told_apart(cells: list[str], top: Sequence[list[str]]) -> tuple[str, str] | None:
    """What is often wrong with a first row that is no header, and the remedy."""
    place = next((number for number, row in enumerate(top, start=1) if kind_of(row)), 0)
    if cells and re.fullmatch(r"sep=.?", clean(cells[0])):
        return (
            "this row tells Excel alone what separates the cells, and is no header.",
            "Take the row away, and separate the cells by commas.",
        )
    if place:
        above = "row 1" if place == 2 else f"rows 1 to {place - 1}"
        return f"the header is not in row 1 but in row {place}.", f"Take {above} away."
    if cells and _QUARTER.fullmatch(clean(cells[0])):
        return (
            "the header is missing: the first row is a row of figures.",
            "Put the headings above it as NHS England's own file has them.",
        )
    if len(cells) == 1 and "," in cells[0]:
        return (
            "the whole row stands between quotation marks, so that it is one cell.",
            "Take away the quotation marks around each row.",
        )
    if len(cells) == 1 and any(mark in cells[0] for mark in (";", "\t", "|")):
        return "the cells are not separated by commas.", "Save it as comma-separated CSV (UTF-8)."
    return None


def _unknown_column(file: str, heading: str, place: int, kind: FileKind) -> Problem:
    published = [column.published for column in PUBLISHED_COLUMNS[kind]]
    near = get_close_matches(_bare(heading), [_bare(each) for each in published], n=1, cutoff=0.8)
    meant = next((each for each in published if [_bare(each)] == near), "")
    remedy = "Correct the heading, or take the column away."
    if plain_text(heading):
        message = f"the heading of column {place + 1} holds a sign that is not seen, or begins as a formula."
        remedy = f"Write the heading again{f': {meant}' if meant else ''}."
    elif not heading:
        message = f"column {place + 1} has no heading."
    elif meant:
        message = f"this column is not one of the {_KIND_SHOWN[kind]}; {meant} is."
        remedy = f"If it is meant, write {meant}; otherwise take the column away."
    else:
        message = f"this column is not one of the {_KIND_SHOWN[kind]}: {', '.join(published)}."
    return Problem(file, message, remedy, row=1, column=heading or f"number {place + 1}", value=heading)


def _bare(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())
