"""One file from bytes to a table of text, or to every reason why it cannot be read."""

import re
from pathlib import PurePath
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.cells import CellReader
from nof.landing.columns import PUBLISHED_COLUMNS
from nof.landing.decode import decode
from nof.landing.header import Header, read_header
from nof.landing.lookups import Lookups
from nof.landing.model import FileKind, Table, Vintage
from nof.landing.records import read_records
from nof.landing.rows import Row, find_changing_trust_types, find_contradictions, find_quarter
from nof.landing.text import clean

_VERSION = re.compile(r"[-_ ]v([0-9]{1,3})$", re.IGNORECASE)


class Readable(NamedTuple):
    """A file that can be read; the counts are those of LandedFile."""

    file_kind: FileKind
    table: Table
    row_count: int
    repeated_row_count: int

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """All vintages that the file covers, sorted."""
        return tuple(sorted(set(self.table.vintages)))


def version_of(file_name: str) -> int:
    """The number of a `-v2` at the end of a file's name, otherwise 1."""
    found = _VERSION.search(PurePath(file_name).stem)
    return int(found[1]) if found else 1


def read_file(file: str, content: bytes, lookups: Lookups) -> Readable | list[Problem]:
    """Read one published file.

    Args:
        file: what to call the file in a problem.
        content: its bytes.
        lookups: the seeds.

    Returns:
        The file as rows of text, or all that is wrong with it, in the order of its rows.
    """
    text = decode(file, content)
    if isinstance(text, Problem):
        return [text]
    records = read_records(file, text)
    header = read_header(file, records.header)
    if header.file_kind is None:
        return header.problems
    problems = [*header.problems, *records.problems]
    rows = [
        Row(number, {name: cells[place] for name, place in header.places.items()})
        for number, cells in zip(records.row_numbers, records.rows, strict=True)
    ]
    problems += _faulty_cells(file, header, rows, lookups)
    if "quarter" not in header.places and rows:
        label, faults = find_quarter(file, rows, lookups)
        problems += faults
        if label is not None:
            for row in rows:
                row.cells["quarter"] = label
    repeated, contradictions = find_contradictions(file, header.file_kind, rows)
    problems += contradictions
    problems += find_changing_trust_types(file, rows, lookups)
    if problems:
        return sorted(problems, key=lambda problem: problem.row or 0)
    kept = [row for row in rows if row.number not in repeated]
    return Readable(header.file_kind, _table(header.file_kind, kept, lookups), len(rows), len(repeated))


def _faulty_cells(file: str, header: Header, rows: list[Row], lookups: Lookups) -> list[Problem]:
    assert header.file_kind is not None
    judged = [
        column
        for column in PUBLISHED_COLUMNS[header.file_kind]
        if column.name in header.places and column.rule != "text"
    ]
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


def _table(kind: FileKind, rows: list[Row], lookups: Lookups) -> Table:
    names = [column.name for column in PUBLISHED_COLUMNS[kind]]
    return Table(
        rows=tuple(tuple(row.cells[name] for name in names) for row in rows),
        row_numbers=tuple(row.number for row in rows),
        vintages=tuple(
            Vintage(
                kind,
                lookups.trust_type_ids[clean(row.cells["trust_type"]).casefold()],
                lookups.quarter_ids[clean(row.cells["quarter"])],
            )
            for row in rows
        ),
    )
