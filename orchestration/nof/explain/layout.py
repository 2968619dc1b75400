"""How lines stand on a page: headings, named lines, small tables; nothing is cut off or needs colour."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nof.explain.model import Claim

NAME_WIDTH = 10
BROKEN = " [THIS DOES NOT WORK OUT: the figure of the release is another]"


def heading(console: Console, text: str) -> None:
    """A heading with a line under it."""
    console.print()
    console.print(Text(text, style="bold"), Text("-" * min(len(text), console.width)), sep="\n")


def said(claim: Claim) -> str:
    """A line, with a plain remark where working it out again gives something else."""
    return claim.text + BROKEN if claim.holds is False else claim.text


def paragraph(console: Console, text: str, indent: int = 0) -> None:
    """Text that wraps between words, with the same indent on each line."""
    made = Text(text, overflow="fold")
    console.print(Padding(made, (0, 0, 0, indent), expand=False) if indent else made)


def named_lines(console: Console, lines: Iterable[tuple[str, str]], indent: int = 2) -> None:
    """Lines that each begin with a name, in two columns."""
    grid = Table.grid(padding=0)
    if indent:
        grid.add_column(width=indent, no_wrap=True)
    grid.add_column(width=NAME_WIDTH, no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in lines:
        cells = [Text(name), Text(text)]
        grid.add_row(*(["", *cells] if indent else cells))
    console.print(grid)


def table(
    console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]], *, figures: Sequence[str] = ()
) -> None:
    """A table; columns named in `figures` stand to the right and are never broken."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column in columns:
        is_figure = column in figures
        made.add_column(column, justify="right" if is_figure else "left", no_wrap=is_figure, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console.print(made)
