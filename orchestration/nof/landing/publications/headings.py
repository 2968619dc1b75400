"""Where the columns of a source publication's table stand, and what is wrong with its headings."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.records import FETCH_AGAIN
from nof.landing.text import clean

_NEW_LAYOUT = (
    "The layout is new: see what the publication's notes say of it, and have the reader changed before the "
    "file is landed."
)


class NumberedRow(NamedTuple):
    """A row of a table: the row of the spreadsheet, and its cells as text."""

    number: int
    cells: Sequence[str]


def plain_heading(text: str) -> str:
    """A heading in the form in which headings are compared: capitals and spaces do not count."""
    return " ".join(clean(text).casefold().split())


def is_header(cells: Iterable[str], columns: Iterable[str]) -> bool:
    """Whether a row holds at least half of the headings: then it is the header, whatever has changed."""
    known = {plain_heading(each) for each in columns}
    return 2 * len(known & {plain_heading(cell) for cell in cells}) >= len(known)


def match_headings(
    file: str, header: NumberedRow, rows: Sequence[NumberedRow], columns: Mapping[str, str]
) -> tuple[dict[str, int], list[Problem]]:
    """Match every heading, in any order; nothing is guessed.

    Args:
        file: what to call the file in a problem.
        header: the header.
        rows: those below. A column that nobody knows is passed over where it is empty in all of them, as it
            then says nothing.
        columns: the landing name of each published heading.

    Returns:
        The place of each column by its landing name, and a problem for each one that is missing, is there
        twice or is not known.
    """
    published = {plain_heading(each): each for each in columns}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    unknown: list[int] = []
    for place, heading in enumerate(header.cells):
        name = published.get(plain_heading(heading))
        if name is None:
            unknown.append(place)
        elif columns[name] in places:
            problems.append(
                Problem(
                    file,
                    f"this column is there twice, as columns {places[columns[name]] + 1} and {place + 1}.",
                    FETCH_AGAIN,
                    row=header.number,
                    column=name,
                )
            )
        else:
            places[columns[name]] = place
    missing = [name for name in columns if columns[name] not in places]
    problems += [
        Problem(file, "this column is missing from the header.", _NEW_LAYOUT, row=header.number, column=name)
        for name in missing
    ]
    problems += [
        each for place in unknown if (each := _unknown(file, header, place, rows, missing)) is not None
    ]
    return places, problems


def _unknown(
    file: str, header: NumberedRow, place: int, rows: Sequence[NumberedRow], missing: Sequence[str]
) -> Problem | None:
    heading = header.cells[place]
    filled = next((row for row in rows if place < len(row.cells) and clean(row.cells[place])), None)
    if filled is None:
        return None
    near = get_close_matches(plain_heading(heading), [plain_heading(each) for each in missing], n=1)
    meant = next((each for each in missing if [plain_heading(each)] == near), "")
    return Problem(
        file,
        f"this column is not known{f'; it may be what {meant} was' if meant else ''}, and is filled from row "
        f"{filled.number} on.",
        _NEW_LAYOUT,
        row=header.number,
        column=heading or f"number {place + 1}",
        value=heading,
    )
