"""The rows of a table as ODS writes them, in one piece.

odfpy makes an object for each cell and looks at each several times, which takes three seconds for a workbook
of this size; its document takes the rows of a table ready-made as well.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

from nof.companions.workbook.model import Cell, Link
from nof.companions.workbook.ods_styles import LINK

if TYPE_CHECKING:
    from odf.element import Node

_SPACE = re.compile(r"^ | {2,}|\t|\r?\n")


def body_rows(
    rows: Sequence[tuple[Cell, ...]], places: Sequence[int | None], styles: Sequence[str]
) -> "Node":
    """Every row under the headings, as a part of an odfpy table.

    Args:
        rows: the cells.
        places: decimals shown in each column; None for one of text.
        styles: the cell style of each column.
    """
    from odf.element import Text  # noqa: PLC0415

    class Ready(Text):  # type: ignore[misc]
        """XML that is written as it is."""

        def toXml(self, level: int, f: "TextIO") -> None:  # noqa: N802 - the library's name
            f.write(self.data)

    lines = []
    for row in rows:
        cells = (_cell(cell, count, style) for cell, count, style in zip(row, places, styles, strict=True))
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return Ready("".join(lines))


def address(link: Link) -> str:
    """Where a link leads, as ODS writes it."""
    return link.target if link.is_outside else f"#{link.target}.A1"


def _cell(cell: Cell, places: int | None, style: str) -> str:
    if isinstance(cell, str | Link):
        if isinstance(cell, Link):
            leads = f'xlink:href={quoteattr(address(cell))} xlink:type="simple" text:style-name="{LINK}"'
            shown = f"<text:a {leads}>{_text(cell.text)}</text:a>"
        else:
            shown = _text(cell)
        kind = 'office:value-type="string"'
    else:
        shown = f"{cell:,.{places or 0}f}"
        kind = f'office:value-type="float" office:value="{cell:f}"'
    return f'<table:table-cell table:style-name="{style}" {kind}><text:p>{shown}</text:p></table:table-cell>'


def _text(text: str) -> str:
    """Text in which no space is lost: ODS reads several as one and knows line breaks only as an element."""
    return _SPACE.sub(_space, escape(text))


def _space(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(found[0])}"/>' if found[0][0] == " " else "<text:line-break/>"
