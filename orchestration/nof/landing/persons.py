"""Whether a file looks like it is about persons: its name, headings and cells. Findings are masked."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from nof.errors import Problem
from nof.landing.bounds import cells_bounded, find_out_of_bounds
from nof.landing.columns import ODS_PLACES, PUBLISHED_COLUMNS
from nof.landing.decode import readable_text
from nof.landing.header import kind_of
from nof.landing.model import ODS_TRUSTS, REGISTER_ENTRIES
from nof.landing.ods import is_ods_trusts
from nof.landing.records import TOP_ROWS
from nof.persons import Finding, headings_of, person_patterns

_TYPED = "Write the role or the organisation instead, never a person, and land the corrected file."
_PUBLISHED = (
    "Figures about organisations have no such text: take it out, or fetch the file again from where it is "
    "published."
)
_HEADING = (
    "Only figures about organisations are taken in. Take the column away, and see whether the file is "
    "aggregate at all before it is landed again."
)
_KEPT_OUT = "The file was not kept."
# Text that is no table is looked at as one piece, a second for each half megabyte; more is not kept unlooked.
_MOST_LOOSE_LETTERS = 2_000_000


def find_persons(file: str, text: str) -> list[Problem]:
    """All that looks like a person in a file that could be decoded, by row and column.

    Args:
        file: what to call the file in a problem.
        text: the whole file.

    Returns:
        One problem for each cell and kind of finding, in the order of the rows; values are masked.
    """
    rows = _rows(text)
    if rows is None and len(text) > _MOST_LOOSE_LETTERS:
        return []
    if rows is None:
        return [_problem(each, file, _PUBLISHED) for each in person_patterns().in_text(text, is_typed=True)]
    header = rows[0][1] if rows else []
    is_ods = is_ods_trusts(header)
    headings = [] if is_ods else list(_in_headings(file, header))
    # Only what is taken in is looked at: the trust file has addresses and switchboards in columns beyond.
    places = sorted(ODS_PLACES.values()) if is_ods else None
    names = _names(header, is_ods=is_ods)
    # Also where a title stands above the header, or other marks than commas part the cells.
    is_typed = not is_ods and any(
        kind_of(headings_of(cells)) == REGISTER_ENTRIES for _, cells in rows[:TOP_ROWS]
    )
    cells = _in_cells(file, rows if is_ods else rows[1:], names, places, is_typed=is_typed)
    return [*headings, *cells]


def find_person_in_name(file: str) -> list[Problem]:
    """Whether a file's own name, which a release repeats, names a person."""
    stem = PurePath(file).stem.replace("_", " ")
    return [
        _problem(
            each, f"{each.masked}{PurePath(file).suffix}", "Give the file another name and land it again."
        )
        for each in person_patterns().in_text(stem, is_typed=True)
    ][:1]


def may_be_kept(file: str, content: bytes) -> bool:
    """Whether the bytes of a refused file may stay in the home.

    Not where something in them looks like a person, and not where nobody can look: an office file, an
    archive, a line without end or a long text that is no table may hold anything. Its sender still has it.
    """
    if find_out_of_bounds(file, content):
        return False
    text = readable_text(content)
    if text is None or (len(text) > _MOST_LOOSE_LETTERS and _rows(text) is None):
        return False
    return not (find_person_in_name(file) or find_persons(file, text))


def _rows(text: str) -> list[tuple[int, list[str]]] | None:
    """The rows as a spreadsheet counts them, however badly they fit; None where it is no table."""
    try:
        with cells_bounded():
            return list(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    except csv.Error:
        return None


def _names(header: Sequence[str], *, is_ods: bool) -> dict[int, str]:
    if not is_ods:
        return dict(enumerate(header))
    published = {column.name: column.published for column in PUBLISHED_COLUMNS[ODS_TRUSTS]}
    return {place: published[name] for name, place in ODS_PLACES.items()}


def _in_headings(file: str, header: Sequence[str]) -> Iterator[Problem]:
    for heading in headings_of(header):
        found = person_patterns().in_heading(heading)
        if found:
            yield Problem(
                file,
                f"by its heading this column holds {found.finds}.",
                f"{_HEADING} {_KEPT_OUT}",
                row=1,
                column=heading,
            )


def _in_cells(
    file: str,
    rows: Iterable[tuple[int, list[str]]],
    names: dict[int, str],
    places: Sequence[int] | None,
    *,
    is_typed: bool,
) -> Iterator[Problem]:
    patterns = person_patterns()
    remedy = _TYPED if is_typed else _PUBLISHED
    # Most cells of a file are there many times: each is looked at once.
    known: dict[str, list[Finding]] = {}
    for number, cells in rows:
        for place in range(len(cells)) if places is None else places:
            cell = cells[place] if place < len(cells) else ""
            if cell not in known:
                known[cell] = list(patterns.in_text(cell, is_typed=is_typed))
            told = {found.pattern_id: found for found in known[cell]}
            for found in told.values():
                column = names.get(place) or f"number {place + 1}"
                yield _problem(found, file, remedy, row=number, column=column)


def published_problem(found: Finding, file: str, *, row: int | None, column: str | None) -> Problem:
    """What is said of a cell of a published table."""
    return _problem(found, file, _PUBLISHED, row, column)


def _problem(
    found: Finding, file: str, remedy: str, row: int | None = None, column: str | None = None
) -> Problem:
    return Problem(
        file,
        f"this looks like {found.finds}, and nothing about persons is taken in.",
        f"{remedy} {_KEPT_OUT}",
        row=row,
        column=column,
        value=found.masked,
    )
