"""One file from bytes to a table of text, or to every reason why it cannot be read."""

from pathlib import PurePath

from nof.errors import Problem
from nof.landing.bounds import find_out_of_bounds
from nof.landing.cells import CellReader
from nof.landing.columns import ODS_PLACES, PUBLISHED_COLUMNS, ROW_KEYS
from nof.landing.decode import decode, find_other_kind, readable_text
from nof.landing.entries import entry_key, find_faulty_entries
from nof.landing.header import Header, read_header
from nof.landing.lookups import Lookups
from nof.landing.model import (
    ODS_TRUSTS,
    REGISTER_ENTRIES,
    FileKind,
    Period,
    Readable,
    Table,
    Unit,
    Vintage,
)
from nof.landing.ods import is_ods_trusts, month_of
from nof.landing.opened import open_file
from nof.landing.persons import find_person_in_name, find_persons
from nof.landing.publications import publication_of
from nof.landing.publications.persons import without_persons
from nof.landing.records import FETCH_AGAIN, Records, read_records
from nof.landing.rows import Row, find_changing_trust_types, find_contradictions, find_quarter
from nof.landing.text import REVISED_VERSION, VERSION, clean


def version_of(file_name: str) -> int:
    """The number of a `-v2` at the end of a file's name, 2 for `-revised`, otherwise 1."""
    found = VERSION.search(PurePath(file_name).stem)
    return int(found[1] or REVISED_VERSION) if found else 1


def read_file(file: str, content: bytes, lookups: Lookups) -> Readable | list[Problem]:
    """Read one published file.

    Args:
        file: what to call the file in a problem.
        content: its bytes.
        lookups: the seeds.

    Returns:
        The file as rows of text, or all that is wrong with it, in the order of its rows. Where something in
        it looks like a person only that is told, as other problems would repeat its cells.
    """
    opened = open_file(content)
    publication = publication_of(opened)
    if publication:
        named = find_person_in_name(file)
        return named or without_persons(file, publication.read(file, opened, lookups), publication.texts)
    # An archive has lines of any length: what it is comes before how it looks.
    unread = find_other_kind(file, content) or find_out_of_bounds(file, content)
    if unread:
        return find_person_in_name(file) or [unread]
    return _read_text(file, content, lookups)


def _read_text(file: str, content: bytes, lookups: Lookups) -> Readable | list[Problem]:
    """One CSV of the framework, a register or an ODS trust file."""
    text = decode(file, content)
    readable = readable_text(content) if isinstance(text, Problem) else text
    persons = find_person_in_name(file) or (find_persons(file, readable) if readable else [])
    if persons:
        return persons
    if isinstance(text, Problem):
        return [text]
    records = read_records(file, text, is_row=is_ods_trusts)
    header = _header(file, records)
    if header.file_kind is None:
        return header.problems
    kind = header.file_kind
    problems = [*header.problems, *records.problems]
    if not records.rows and not records.problems:
        problems.append(_no_rows(file, kind))
    rows = [
        Row(number, {name: cells[place] for name, place in header.places.items()})
        for number, cells in zip(records.row_numbers, records.rows, strict=True)
    ]
    problems += _faulty_cells(file, header, rows, lookups)
    problems += _complete(file, kind, rows, lookups)
    repeated, contradictions = find_contradictions(
        file, kind, rows, lambda row: _key_of(kind, row.cells, lookups)
    )
    problems += contradictions
    problems += find_changing_trust_types(file, rows, lookups)
    if problems:
        return sorted(problems, key=lambda problem: problem.row or 0)
    kept = [row for row in rows if row.number not in repeated]
    return Readable(kind, _table(kind, kept, lookups), len(rows), len(repeated))


def _header(file: str, records: Records) -> Header:
    if is_ods_trusts(records.header):
        return Header(ODS_TRUSTS, ODS_PLACES, [])
    return read_header(file, records.header, records.top)


def _no_rows(file: str, kind: FileKind) -> Problem:
    remedy = "Fill it in, or take it out of the folder." if kind == REGISTER_ENTRIES else FETCH_AGAIN
    return Problem(file, "the file has a header and no rows.", remedy)


def _complete(file: str, kind: FileKind, rows: list[Row], lookups: Lookups) -> list[Problem]:
    """Give rows what the file says elsewhere (the quarter, the month); judge what only whole rows show."""
    if kind == REGISTER_ENTRIES:
        return find_faulty_entries(file, rows, lookups)
    if kind == ODS_TRUSTS:
        month = month_of(file)
        if isinstance(month, Problem):
            return [month]
        for row in rows:
            row.cells["as_at"] = month
        return []
    if not rows or "quarter" in rows[0].cells:
        return []
    label, problems = find_quarter(file, rows, lookups)
    if label is not None:
        for row in rows:
            row.cells["quarter"] = label
    return problems


def _faulty_cells(file: str, header: Header, rows: list[Row], lookups: Lookups) -> list[Problem]:
    assert header.file_kind is not None
    judged = [column for column in PUBLISHED_COLUMNS[header.file_kind] if column.name in header.places]
    cells = CellReader(lookups)
    problems = []
    for row in rows:
        metric_id = clean(row.cells.get("metric_id", ""))
        for column in judged:
            text = row.cells[column.name]
            fault = cells.fault(column.rule, text, metric_id)
            if fault:
                problems.append(Problem(file, *fault, row=row.number, column=column.published, value=text))
    return problems


def _key_of(kind: FileKind, cells: dict[str, str], lookups: Lookups) -> tuple[str, ...] | None:
    if kind == REGISTER_ENTRIES:
        return entry_key(cells, lookups)
    parts = {name: clean(cells[name]) for name in ROW_KEYS[kind]}
    # In any case: a unit written in two ways would give a trust two values of one metric.
    return tuple(part.casefold() if name == "units" else part for name, part in parts.items())


def _unit_of(kind: FileKind, cells: dict[str, str], lookups: Lookups) -> Unit:
    if kind == REGISTER_ENTRIES:
        key = entry_key(cells, lookups)
        assert key is not None, "an entry without a key is a problem"
        return key
    if kind == ODS_TRUSTS:
        return Period(kind, cells["as_at"])
    return Vintage(
        kind,
        lookups.trust_type_ids[clean(cells["trust_type"]).casefold()],
        lookups.quarter_ids[clean(cells["quarter"])],
    )


def _table(kind: FileKind, rows: list[Row], lookups: Lookups) -> Table:
    names = [column.name for column in PUBLISHED_COLUMNS[kind]]
    return Table(
        rows=tuple(tuple(row.cells[name] for name in names) for row in rows),
        row_numbers=tuple(row.number for row in rows),
        vintages=tuple(_unit_of(kind, row.cells, lookups) for row in rows),
    )
