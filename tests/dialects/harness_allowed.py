"""What a dialect has, as rows of allowed.csv, and what is made of it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("allowed.csv")
KINDS = ("function", "operator", "type")
# Whoever makes the engine says what it has; nobody else's word is taken.
MAKERS = {"snowflake": "https://docs.snowflake.com/", "databricks": "https://docs.databricks.com/"}

# A function, operator or type as it is written, and the files whose SQL has it.
Uses = Mapping[tuple[str, str], set[str]]


class BadList(Exception):
    """The list is empty, or a row of it is twice there, of no kind, or without its documentation."""


@dataclass(frozen=True)
class Allowed:
    """One row: a function, an operator or a type that a dialect has.

    Attributes:
        dialect: snowflake or databricks.
        kind: one of KINDS.
        name: as the models write it, in lower case.
        documented: where its maker says what it does.
        remark: what a reader of our SQL has to know of it there; may be empty.
    """

    dialect: str
    kind: str
    name: str
    documented: str
    remark: str


def read_list(path: Path = LIST) -> list[Allowed]:
    """The rows of a list.

    Raises:
        BadList: it names the row.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Allowed(**row) for row in csv.DictReader(file)]
    if not rows:
        raise BadList(f"{path.name} is empty: nothing could be compared with it")
    seen = set()
    for row in rows:
        named = f"{path.name}: {row.dialect} {row.kind} {row.name}"
        if row.kind not in KINDS or row.dialect not in MAKERS:
            raise BadList(f"{named}: no such kind or dialect; there are {KINDS} and {tuple(MAKERS)}")
        if not row.documented.startswith(MAKERS[row.dialect]):
            raise BadList(f"{named}: give the page under {MAKERS[row.dialect]} where it is documented")
        key = (row.dialect, row.kind, row.name)
        if key in seen:
            raise BadList(f"{named}: is there twice")
        seen.add(key)
    return rows


def not_allowed(rows: Iterable[Allowed], dialect: str, uses: Uses) -> list[str]:
    """Each function, operator or type that is used and not on the list: its name, a file, and what to do."""
    allowed = {(row.kind, row.name) for row in rows if row.dialect == dialect}
    return [
        f"{sorted(files)[0]}: {dialect} is not known to have the {kind} {name}; give it a {dialect}__ branch "
        f"in macros/engines or, where its maker documents it, a row in {LIST.name} ({len(files)} with it)"
        for (kind, name), files in sorted(uses.items())
        if (kind, name) not in allowed
    ]


def unused(rows: Iterable[Allowed], dialect: str, uses: Uses) -> list[str]:
    """Each row that nothing uses: a list that only grows says less every year."""
    return [
        f"{LIST.name}: nothing rendered for {dialect} has the {row.kind} {row.name}; take the row out"
        for row in rows
        if row.dialect == dialect and (row.kind, row.name) not in uses
    ]
