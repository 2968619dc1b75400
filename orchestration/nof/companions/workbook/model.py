"""What a workbook holds, before any file format: a cover, and sheets of one table each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

SHORTHAND = re.compile(r"\[[a-z]+\]")
# Characters of a column that no line of wrapped text fills: words do not break.
_MARGIN = 2


@dataclass(frozen=True)
class Link:
    """Text that leads somewhere.

    Attributes:
        text: what is read; it says where the link leads.
        target: the name of a sheet, or an address that begins with https.
    """

    text: str
    target: str

    @property
    def is_outside(self) -> bool:
        """Whether it leaves the workbook."""
        return self.target.startswith("https:")


Cell = str | int | Decimal | Link
Line = str | Link


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        heading: its name, the same in no other column of the table.
        width: in characters; longer text wraps.
        note_id: the note that explains it, by its key in the notes; the heading then ends in its number.
    """

    heading: str
    width: int = 14
    note_id: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One worksheet: a title in its first cell, lines about the table, then the table; nothing below it.

    Attributes:
        name: of the tab, 31 characters at most.
        title: what the table is about, where and when.
        about: lines between title and table.
        columns: the header row.
        rows: at least one, each with a cell for every column; no cell is empty.
    """

    name: str
    title: str
    about: tuple[Line, ...]
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def table_name(self) -> str:
        """The name by which software finds the table."""
        return f"{self.name}_table"

    @property
    def header_row(self) -> int:
        """The row of the headings, counted from 1."""
        return len(self.about) + 2

    def shorthand(self) -> set[str]:
        """Every shorthand in the title, the headings and the cells."""
        texts = [self.title, *(column.heading for column in self.columns)]
        found = {mark for text in texts for mark in SHORTHAND.findall(text)}
        cells = {cell for row in self.rows for cell in row if isinstance(cell, str)}
        return found | {cell for cell in cells if SHORTHAND.fullmatch(cell)}

    def lines(self, cells: Sequence[Cell]) -> int:
        """Lines of text that a row of cells takes once its longest cell is wrapped."""
        return max(_lines(cell, column.width) for cell, column in zip(cells, self.columns, strict=True))

    def places(self, position: int) -> int | None:
        """Decimals that show every number of a column whole; None where the column holds no number."""
        numbers = [row[position] for row in self.rows if isinstance(row[position], int | Decimal)]
        return max((_places(number) for number in numbers), default=None)


@dataclass(frozen=True)
class Section:
    """A heading of the cover and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Book:
    """A whole workbook.

    Attributes:
        title: what it is, in its properties and at the top of the cover.
        subject: one sentence for its properties.
        keywords: what someone might search for.
        author: who made it: the project, never a person.
        made_on: the day in its properties; from the release, so that a rebuild gives the same bytes.
        cover: the sections of the first sheet.
        sheets: contents, notes, then the tables.
    """

    title: str
    subject: str
    keywords: tuple[str, ...]
    author: str
    made_on: date
    cover: tuple[Section, ...]
    sheets: tuple[Sheet, ...]

    def cells(self) -> Iterator[Cell]:
        """Every cell of every table."""
        for sheet in self.sheets:
            for row in sheet.rows:
                yield from row


def _lines(cell: Cell, width: int) -> int:
    length = len(cell.text if isinstance(cell, Link) else str(cell))
    return 1 if length <= width else ceil(length / (width - _MARGIN))


def _places(number: Cell) -> int:
    if not isinstance(number, Decimal):
        return 0
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
