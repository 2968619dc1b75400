"""The companion that says what every table and column of a release means: CSV and page in `dictionary/`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nof.described import DescribedColumn, DescribedTable, read_described
from nof.files import write_text
from nof.project import read_seed
from nof.release.candidate import Candidate
from nof.release.csv_files import framework_label
from nof.release.database import SCHEMA, Table, open_database, read_tables
from nof.release.errors import ReleaseRefused
from nof.release.tables import write_csv
from nof.release.terms import read_terms
from nof.sql import quoted

FOLDER = "dictionary"
CSV, PAGE = f"{FOLDER}/data-dictionary.csv", f"{FOLDER}/index.html"
FILES = (CSV, PAGE)

HEADER = (
    "table",
    "column",
    "position",
    "type",
    "unit",
    "is_key",
    "is_nullable",
    "checks",
    "foreign_key",
    "sensitivity",
    "rule",
    "grain",
    "description",
)

# The parts of the page; a table is in the first part whose beginning its name has.
PARTS = (
    ("Open these first", ("wide_view", "board_view", "league_table", "oversight_data")),
    ("Facts", ("fct_",)),
    ("What facts are about", ("dim_",)),
    ("The method that the release was made with", ("method_",)),
    ("What the gates found", ("dq_",)),
    ("Other tables", ("",)),
)


@dataclass(frozen=True)
class Entry:
    """One table of the release and what its model says of it.

    Attributes:
        described: the model's words.
        row_count: rows in this release.
    """

    described: DescribedTable
    row_count: int

    def checks_of(self, column: DescribedColumn) -> tuple[str, ...]:
        """The conditions on a column, those that it shares with others included."""
        shared = (check for check in self.described.checks if re.search(rf"\b{column.name}\b", check))
        return (*column.checks, *shared)


def write(candidate: Candidate) -> None:
    """Write the dictionary of exactly the tables and columns that the candidate holds.

    Raises:
        ReleaseRefused: the database holds something that no model describes, or a column of another type.
    """
    entries = _entries(candidate)
    (candidate.folder / FOLDER).mkdir(exist_ok=True)
    write_csv(candidate.folder / CSV, HEADER, _rows(entries), encoding="utf-8")
    write_text(candidate.folder / PAGE, _page(candidate, entries))


def _entries(candidate: Candidate) -> list[Entry]:
    described = read_described()
    with open_database(candidate.database) as connection:
        tables = read_tables(connection, candidate.database.stem)
        _refuse_what_differs(tables, described)
        return [
            Entry(
                described[table.name],
                connection.execute(f"select count(*) from {SCHEMA}.{quoted(table.name)}").fetchall()[0][0],
            )
            for table in tables
        ]


def _refuse_what_differs(tables: Sequence[Table], described: dict[str, DescribedTable]) -> None:
    """A dictionary of other tables than those beside it would be worse than none."""
    problems = []
    for table in tables:
        promise = described.get(table.name)
        promised = [f"{column.name} {column.data_type}" for column in promise.columns] if promise else []
        found = [f"{column.name} {column.data_type}" for column in table.columns]
        if found != promised:
            problems.append(
                f"{table.name} holds {_beside(found, promised)} where models/publication "
                f"promises {_beside(promised, found)}"
            )
    if problems:
        raise ReleaseRefused(
            f"The release holds what its dictionary does not describe: {'; '.join(problems)}. "
            "Build the dbt selector `publication` with the project as it is."
        )


def _beside(columns: Sequence[str], others: Sequence[str]) -> str:
    """The columns that the others lack; all in their order where it is only the order that differs."""
    own = [column for column in columns if column not in others]
    return ", ".join(own or (columns if set(columns) == set(others) else [])) or "nothing"


def _rows(entries: Sequence[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        table = entry.described
        for position, column in enumerate(table.columns, start=1):
            references = (
                f"({', '.join(key.columns)}) references {key}" for key in table.foreign_keys_of(column.name)
            )
            yield [
                table.name,
                column.name,
                str(position),
                column.data_type,
                column.unit,
                _text(column.name in table.primary_key),
                _text(column.is_nullable),
                "; ".join(entry.checks_of(column)),
                "; ".join(references),
                column.sensitivity,
                table.rule,
                table.grain,
                column.description,
            ]


def _text(flag: bool) -> str:
    return "true" if flag else "false"


def _page(candidate: Candidate, entries: Sequence[Entry]) -> str:
    from nof.pages import render  # noqa: PLC0415 - Jinja2, a tenth of a second

    return render(
        "nof.companions",
        "dictionary.html.j2",
        release=candidate,
        framework_label=framework_label(candidate.framework_id),
        parts=_parts(entries),
        tables={entry.described.name for entry in entries},
        table_count=len(entries),
        column_count=sum(len(entry.described.columns) for entry in entries),
        classes=read_seed("reference", "sensitivity_classes"),
        terms=read_terms(is_bundled=candidate.is_bundled),
    )


def _parts(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under their headings; what to open first in the order given, the rest by name."""
    parts: list[tuple[str, list[Entry]]] = []
    left = list(entries)
    for title, beginnings in PARTS:
        inside = [
            entry for beginning in beginnings for entry in left if entry.described.name.startswith(beginning)
        ]
        left = [entry for entry in left if entry not in inside]
        if inside:
            parts.append((title, inside))
    return parts
