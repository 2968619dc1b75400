"""The workbook as ODS, by `odfpy`: header rows, named tables and headings are marked."""

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from nof.companions.workbook.archive import rewritten
from nof.companions.workbook.model import Book, Line, Link, Sheet
from nof.companions.workbook.ods_rows import address, body_rows
from nof.companions.workbook.ods_styles import LINK, Styles

if TYPE_CHECKING:
    from odf.element import Element
    from odf.opendocument import OpenDocument

_COVER_WIDTH = 100


def write_ods(book: Book, path: Path) -> None:
    """Write a workbook; the same workbook gives the same bytes.

    Args:
        book: what is in it.
        path: the file.
    """
    from odf.element import Element  # noqa: PLC0415 - only where a release is made
    from odf.opendocument import OpenDocumentSpreadsheet  # noqa: PLC0415
    from odf.table import DatabaseRange, DatabaseRanges  # noqa: PLC0415

    # odfpy keeps the namespaces of every document of the process in one place: a second workbook would
    # declare what the first one used.
    Element.namespaces.clear()
    document = OpenDocumentSpreadsheet()
    _describe(document, book)
    styles = Styles(document)
    document.spreadsheet.addElement(_cover(book, styles))
    ranges = DatabaseRanges()
    for sheet in book.sheets:
        document.spreadsheet.addElement(_table(sheet, styles))
        ranges.addElement(
            DatabaseRange(
                name=sheet.table_name,
                targetrangeaddress=_range(sheet),
                containsheader="true",
                displayfilterbuttons="false",
            )
        )
    document.spreadsheet.addElement(ranges)
    file = BytesIO()
    document.write(file)
    path.write_bytes(rewritten(file.getvalue(), {}))


def _describe(document: "OpenDocument", book: Book) -> None:
    """The properties of the document: title, maker, language, day."""
    from odf import dc, meta  # noqa: PLC0415

    made_on = datetime.combine(book.made_on, time()).isoformat()
    for element in (
        dc.Title(text=book.title),
        dc.Subject(text=book.subject),
        dc.Creator(text=book.author),
        meta.InitialCreator(text=book.author),
        dc.Language(text="en-GB"),
        meta.CreationDate(text=made_on),
        dc.Date(text=made_on),
        *(meta.Keyword(text=word) for word in book.keywords),
    ):
        document.meta.addElement(element)


def _cover(book: Book, styles: Styles) -> "Element":
    from odf.table import Table, TableColumn  # noqa: PLC0415

    table = Table(name="Cover", stylename=styles.sheet)
    table.addElement(TableColumn(stylename=styles.width(_COVER_WIDTH)))
    lines: list[tuple[Line, str]] = [(book.title, styles.heading_1)]
    for section in book.cover:
        lines.append((section.heading, styles.heading_2))
        lines += [(line, styles.text) for line in section.lines]
    for line, style in lines:
        table.addElement(_row([(line, style)]))
    return table


def _table(sheet: Sheet, styles: Styles) -> "Element":
    from odf.table import Table, TableColumn, TableHeaderRows  # noqa: PLC0415

    table = Table(name=sheet.name, stylename=styles.sheet)
    for column in sheet.columns:
        table.addElement(TableColumn(stylename=styles.width(column.width)))
    table.addElement(_row([(sheet.title, styles.heading_1)]))
    for line in sheet.about:
        table.addElement(_row([(line, styles.line)]))
    places = [sheet.places(position) for position in range(len(sheet.columns))]
    header = TableHeaderRows()
    header.addElement(
        _row(
            [
                (column.heading, styles.column(is_number=count is not None, is_first=position == 0))
                for position, (column, count) in enumerate(zip(sheet.columns, places, strict=True))
            ]
        )
    )
    table.addElement(header)
    shown = [styles.cell(count, is_first=position == 0) for position, count in enumerate(places)]
    table.appendChild(body_rows(sheet.rows, places, shown))
    return table


def _row(cells: list[tuple[Line, str]]) -> "Element":
    """A row of text, each with its style."""
    from odf.table import TableCell, TableRow  # noqa: PLC0415
    from odf.text import A, P  # noqa: PLC0415

    row = TableRow()
    for text, style in cells:
        cell = TableCell(valuetype="string", stylename=style)
        if isinstance(text, Link):
            paragraph = P()
            paragraph.addElement(A(href=address(text), type="simple", stylename=LINK, text=text.text))
        else:
            paragraph = P(text=text)
        cell.addElement(paragraph)
        row.addElement(cell)
    return row


def _range(sheet: Sheet) -> str:
    """Where the table of a sheet stands, headings included."""
    first = f"$'{sheet.name}'.$A${sheet.header_row}"
    return f"{first}:.${_letters(len(sheet.columns))}${sheet.header_row + len(sheet.rows)}"


def _letters(number: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
