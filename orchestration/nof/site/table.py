"""Tables of the pages as data: columns, rows with what names them, and the ranks that they are sorted by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        label: its heading.
        is_numeric: whether it holds figures, which stand at the right.
        is_sorted_by: whether a reader with JavaScript may sort by it.
        is_wide: whether it holds sentences, which need room.
    """

    label: object
    is_numeric: bool = False
    is_sorted_by: bool = False
    is_wide: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        content: what is shown; markup as it is, everything else escaped.
        key: what it is sorted by; None stands last.
        rank: the place of the key among those of the column, which the page's script compares; see `ranked`.
        attributes: of the element, such as the domain that it is of.
    """

    content: object
    key: Any = None
    rank: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: its cells, the first of which heads it, and attributes of the row."""

    cells: Sequence[Cell]
    attributes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        caption: what it is, in a sentence or less; two tables of a page have two captions.
        columns: in their order.
        lines: rows.
        table_id: of the body, for filters; empty for none.
        note: below the table: what a reader has to know of it.
        is_of_names: whether the first column holds long names, which need room.
    """

    caption: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    table_id: str = ""
    note: str = ""
    is_of_names: bool = False

    @property
    def is_sortable(self) -> bool:
        """Whether any column is one to sort by."""
        return any(column.is_sorted_by for column in self.columns)


def cell(content: object, key: Any = None, **attributes: object) -> Cell:
    """A cell; an attribute `data_domain` becomes `data-domain`."""
    return Cell(
        content, key, None, {name.replace("_", "-"): str(value) for name, value in attributes.items()}
    )


def simple(
    caption: str,
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    numeric: Sequence[int] = (),
    wide: Sequence[int] = (),
) -> Table:
    """A table of contents without attributes, which nobody sorts."""
    return Table(
        caption,
        tuple(
            Column(label, is_numeric=number in numeric, is_wide=number in wide)
            for number, label in enumerate(header)
        ),
        tuple(Line(tuple(Cell(each) for each in row)) for row in rows),
    )


def ranked(table: Table) -> Table:
    """The table with a rank in every cell of a column that readers sort by.

    The script that sorts compares texts and ignores minus signs and dots, so it is given whole numbers.
    """
    places = [
        _places([line.cells[number].key for line in table.lines]) if column.is_sorted_by else {}
        for number, column in enumerate(table.columns)
    ]
    lines = tuple(
        replace(
            line,
            cells=tuple(
                replace(each, rank=places[number].get(each.key, len(table.lines) + 1))
                if table.columns[number].is_sorted_by
                else each
                for number, each in enumerate(line.cells)
            ),
        )
        for line in table.lines
    )
    return replace(table, lines=lines)


def _places(keys: Sequence[Any]) -> dict[Any, int]:
    known = sorted({key for key in keys if key is not None})
    return {key: place for place, key in enumerate(known, start=1)}
