"""What only rows together show: the quarter of a file without that column, and contradictions."""

from collections.abc import Callable
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.columns import PUBLISHED_COLUMNS, ROW_KEYS
from nof.landing.lookups import Lookups
from nof.landing.model import FileKind
from nof.landing.text import canonical, clean


class Row(NamedTuple):
    """One row: its spreadsheet row and its cells by landing name, as published."""

    number: int
    cells: dict[str, str]


def find_quarter(file: str, rows: list[Row], lookups: Lookups) -> tuple[str | None, list[Problem]]:
    """The quarter label of a file without a Quarter column (rules 5).

    It is the Reporting_date of the domain and summary rows, which must be one known quarter in all of them.

    Args:
        file: what to call the file in a problem.
        rows: all rows of the file.
        lookups: the seeds.

    Returns:
        The label as published, or None with the reasons.
    """
    first: dict[str, Row] = {}
    for row in rows:
        if clean(row.cells.get("metric_id", "")) in lookups.quarter_telling_ids:
            first.setdefault(clean(row.cells.get("reporting_date", "")), row)
    if not first:
        return None, [
            Problem(
                file,
                "the file has no Quarter column, and no domain or summary row to take the quarter from.",
                "Add a Quarter column with a label such as 'Q1 2025/26'.",
                row=1,
                column="Quarter",
            )
        ]
    problems = [
        Problem(
            file,
            "the file has no Quarter column, and this Reporting_date of a domain or summary row "
            "is no known quarter.",
            "Add a Quarter column, correct the date, or add the quarter to seeds/reference/quarters.csv.",
            row=row.number,
            column="Reporting_date",
            value=label,
        )
        for label, row in first.items()
        if label not in lookups.quarter_ids
    ]
    known = [label for label in first if label in lookups.quarter_ids]
    if len(known) > 1:
        one, other = known[:2]
        problems.append(
            Problem(
                file,
                "the file has no Quarter column, and its domain and summary rows name more than one "
                f"quarter: {one!r} in row {first[one].number}, {other!r} in row {first[other].number}.",
                "Add a Quarter column.",
                row=first[other].number,
                column="Reporting_date",
                value=other,
            )
        )
    return (None, problems) if problems else (known[0], [])


def find_contradictions(
    file: str, kind: FileKind, rows: list[Row], key_of: Callable[[Row], tuple[str, ...] | None]
) -> tuple[set[int], list[Problem]]:
    """Rows that repeat one another, and rows that say different things under one key.

    Args:
        file: what to call the file in a problem.
        kind: the kind of file.
        rows: all rows of the file, with a quarter in each.
        key_of: what a row is about; None where that cannot be told, which is a problem of its own.

    Returns:
        The spreadsheet rows that repeat an earlier row, and a problem for each row that contradicts one.
    """
    if not rows or not set(ROW_KEYS[kind]) <= rows[0].cells.keys():
        return set(), []
    repeated: set[int] = set()
    problems: list[Problem] = []
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = key_of(row)
        earlier = first.setdefault(key, row) if key is not None else row
        if earlier is row:
            continue
        contradiction = _contradiction(file, kind, earlier, row)
        if contradiction:
            problems.append(contradiction)
        else:
            repeated.add(row.number)
    return repeated, problems


def _contradiction(file: str, kind: FileKind, earlier: Row, later: Row) -> Problem | None:
    headings = {column.name: column.published for column in PUBLISHED_COLUMNS[kind]}
    different = [
        name
        for name in headings
        if canonical(earlier.cells.get(name, "")) != canonical(later.cells.get(name, ""))
    ]
    if not different:
        return None
    # The value says most; otherwise the first column that differs.
    name = "value" if "value" in different else different[0]
    key = ", ".join(
        f"{headings[part]} {clean(later.cells[part])}" for part in ROW_KEYS[kind] if part in headings
    )
    return Problem(
        file,
        f"rows {earlier.number} and {later.number} are about the same thing ({key}) and differ: row "
        f"{earlier.number} has {earlier.cells.get(name, '')!r}.",
        "Take away the wrong one.",
        row=later.number,
        column=headings[name],
        value=later.cells.get(name, ""),
    )


def find_changing_trust_types(file: str, rows: list[Row], lookups: Lookups) -> list[Problem]:
    """Trust codes that stand under two trust types in one quarter, each named once.

    Args:
        file: what to call the file in a problem.
        rows: all rows of the file, with a quarter in each.
        lookups: the seeds.
    """
    if not rows or not {"quarter", "trust_code", "trust_type"} <= rows[0].cells.keys():
        return []
    first: dict[tuple[str, str], tuple[str, Row]] = {}
    told: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for row in rows:
        trust = (clean(row.cells["quarter"]), clean(row.cells["trust_code"]))
        trust_type = lookups.trust_type_ids.get(clean(row.cells["trust_type"]).casefold())
        if trust_type is None:
            continue
        known, earlier = first.setdefault(trust, (trust_type, row))
        if known != trust_type and trust not in told:
            told.add(trust)
            problems.append(
                Problem(
                    file,
                    f"trust {trust[1]} is of two types in {trust[0]}: row {earlier.number} has "
                    f"{earlier.cells['trust_type']!r}.",
                    "Correct the wrong one.",
                    row=row.number,
                    column="Trust_type",
                    value=row.cells["trust_type"],
                )
            )
    return problems
