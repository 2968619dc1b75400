"""`python -m nof.contract` pins the publication schema: what readers may rely on from release to release.

The pinned file is tests/fixtures/publication_schema.csv. With `--check` nothing is written. A change that
would break a reader is refused until seeds/reference/publication_versions.csv has a newer version.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from nof.described import DescribedTable, read_described
from nof.project import checkout, read_seed

PINNED = Path("tests", "fixtures", "publication_schema.csv")
COMMAND = "python -m nof.contract"
VERSIONS = "seeds/reference/publication_versions.csv"

HOW_TO_ADD = (
    f"If that is meant: run `{COMMAND}`, which pins it, and say in CHANGELOG.md (Data) what came. "
    "Readers of the layout before are not disturbed."
)
HOW_TO_BREAK = (
    "That breaks whoever reads it. If it can be avoided, keep what was and add a column beside it. If not: "
    f"append a row with the next version to {VERSIONS}, saying what a reader has to do; run `{COMMAND}`; "
    "and say it in CHANGELOG.md (Data) too."
)


@dataclass(frozen=True)
class PinnedColumn:
    """One column of the publication schema.

    Attributes:
        table: its table.
        column: its name.
        position: its place in the table, from 1.
        type: its type in DuckDB's words.
        is_nullable: `true` where it may be empty.
        key: its place in the primary key, from 1; empty where it is not in it.
    """

    table: str
    column: str
    position: str
    type: str
    is_nullable: str
    key: str

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from the others."""
        return self.table, self.column

    @property
    def name(self) -> str:
        """As a message names it."""
        return f"{self.table}.{self.column}"


HEADER = tuple(field.name for field in fields(PinnedColumn))
VERSION_HEADER = "publication_version"


@dataclass(frozen=True)
class Difference:
    """What is not as pinned.

    Attributes:
        added: what came, which no reader minds.
        broken: what went or changed, which some reader will mind.
    """

    added: tuple[str, ...]
    broken: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.broken)

    @property
    def message(self) -> str:
        """What is not as pinned, and what to do about it; empty where nothing is."""
        parts = []
        if self.broken:
            parts += ["Taken away or changed in the publication schema:", *_list(self.broken), HOW_TO_BREAK]
        if self.added:
            parts += ["Added to the publication schema:", *_list(self.added), HOW_TO_ADD]
        return "\n".join(parts)


def described_schema(tables: Iterable[DescribedTable]) -> list[PinnedColumn]:
    """The schema as the contracts of the models have it."""
    return [
        PinnedColumn(
            table=table.name,
            column=column.name,
            position=str(position),
            type=column.data_type,
            is_nullable="true" if column.is_nullable else "false",
            key=str(table.primary_key.index(column.name) + 1) if column.name in table.primary_key else "",
        )
        for table in tables
        for position, column in enumerate(table.columns, start=1)
    ]


def current_version() -> int:
    """The newest version of the layout that the seed has."""
    return max(int(row["publication_version"]) for row in read_seed("reference", "publication_versions"))


def read_pinned(path: Path) -> tuple[list[PinnedColumn], int]:
    """The pinned columns and the version that they were pinned as; none and 0 where nothing is pinned yet."""
    if not path.is_file():
        return [], 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    version = max((int(row[VERSION_HEADER]) for row in rows), default=0)
    return [PinnedColumn(**{name: row[name] for name in HEADER}) for row in rows], version


def compare(pinned: Sequence[PinnedColumn], found: Sequence[PinnedColumn]) -> Difference:
    """What readers of the pinned schema would find other than they know it.

    A column that moved within its table breaks nobody who reads by name, as the contract asks, and counts
    as added. A missing column, another type, another key, and one that may be empty and could not be before
    break.
    """
    old, new = ({column.place: column for column in columns} for columns in (pinned, found))
    tables = {column.table for column in found}
    gone = sorted({column.table for column in pinned} - tables)
    broken = [f"{table}: the table is gone" for table in gone]
    broken += [
        f"{column.name}: the column is gone"
        for place, column in old.items()
        if place not in new and column.table in tables
    ]
    broken += [
        f"{new[place].name}: {what}"
        for place in old
        if place in new
        for what in _changes(old[place], new[place])
    ]
    added = [f"{column.name}: new, {column.type}" for place, column in new.items() if place not in old]
    moved = {table for table in tables if _order(pinned, table, new) != _order(found, table, old)}
    added += [f"{table}: its columns stand in another order" for table in sorted(moved)]
    added += [
        f"{column.name}: never empty any more"
        for place, column in new.items()
        if place in old and (old[place].is_nullable, column.is_nullable) == ("true", "false")
    ]
    return Difference(tuple(added), tuple(broken))


def _changes(old: PinnedColumn, new: PinnedColumn) -> Iterable[str]:
    """What a reader of a column that stayed will mind."""
    if new.type != old.type:
        yield f"{new.type}, and it was {old.type}"
    if new.key != old.key:
        places = [f"place {each.key} in the key" if each.key else "not in the key" for each in (new, old)]
        yield f"{places[0]}, and it was {places[1]}"
    if (old.is_nullable, new.is_nullable) == ("false", "true"):
        yield "may be empty, and it was always filled"


def _order(
    columns: Sequence[PinnedColumn], table: str, others: dict[tuple[str, str], PinnedColumn]
) -> list[str]:
    """The order of the columns that both sides have."""
    return [each.column for each in columns if each.table == table and each.place in others]


def write_pinned(path: Path, columns: Sequence[PinnedColumn], version: int) -> None:
    """Write the pinned file: a row a column, with the version it is pinned as."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*HEADER, VERSION_HEADER))
        writer.writerows((*astuple(column), version) for column in columns)


def _list(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def main() -> int:
    """Pin the schema, or say what is not as pinned; 1 where it is not, or may not be pinned."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the pinned file, write nothing")
    is_check = parser.parse_args().check
    path = checkout() / PINNED
    pinned, version = read_pinned(path)
    found, newest = described_schema(read_described().values()), current_version()
    difference = compare(pinned, found)
    if difference and (is_check or (difference.broken and newest <= version)):
        sys.stdout.write(f"{difference.message}\n")
        return 1
    if not is_check:
        write_pinned(path, found, newest)
        sys.stdout.write(
            "\n".join((f"{path}: version {newest}", *_list((*difference.broken, *difference.added)), ""))
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
