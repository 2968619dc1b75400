"""Rows of the method's seeds, to be held against tables that were written by hand from the rules."""

import csv
from collections.abc import Mapping

from harness_published import ROOT

IN_FORCE, DRAFT, NEXT = "nof-2025-26", "npaf-2025-26-draft", "nof-2026-27"
Held = dict[str, tuple[str, ...]]


def seed(name: str) -> list[dict[str, str]]:
    """Every row of a seed, as its file has it."""
    (path,) = (ROOT / "seeds").glob(f"*/{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def held(name: str, keys: str, columns: str, framework_id: str | None = IN_FORCE) -> Held:
    """The named columns by the named keys, in the rows of one framework; None for a seed that has none.

    Keys of more than one column are joined by a space, an empty one as `-`. A row that is there twice is
    an error.
    """
    found: Held = {}
    for row in seed(name):
        if framework_id is None or row["framework_id"] == framework_id:
            cells = [row[each] for each in keys.split()]
            key = " ".join(cell or "-" for cell in cells) if len(cells) > 1 else cells[0]
            assert key not in found, f"{name} has two rows for {key}"
            found[key] = tuple(row[each] for each in columns.split())
    return found


def table(text: str, keys: int = 1) -> Held:
    """A table written by hand: one line for each row, the key first; `-` is an empty cell."""
    cells = [line.split() for line in text.strip().splitlines()]
    return {
        " ".join(line[:keys]): tuple("" if cell == "-" else cell for cell in line[keys:]) for line in cells
    }


def of_each(one: Mapping[str, str], columns: int = 1) -> Held:
    """A table of one column from a plain mapping."""
    return {key: tuple(value.split(maxsplit=columns - 1)) for key, value in one.items()}
