"""The workbook as XLSX, by the Analysis Function's own `gptables`.

What the library leaves out is added to its file: the language of the document, and the cell styles that mark
titles as headings.
"""

import warnings
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from nof.companions.workbook.archive import rewritten
from nof.companions.workbook.model import Book, Cell, Line, Link, Sheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LANGUAGE = b"<dc:language>en-GB</dc:language>"
# Size of the font of a title and of a part of the cover (gptables' theme), and Excel's names for such cells.
_HEADINGS = {"16": ("Heading 1", "16"), "14": ("Heading 2", "17")}
_COVER_WIDTH = 100
_A4 = 9
# Points: a line of text of 12, and the title of 16.
_LINE = 16
_TITLE = 21


def write_xlsx(book: Book, path: Path) -> None:
    """Write a workbook; the same workbook gives the same bytes.

    Args:
        book: what is in it.
        path: the file.
    """
    import gptables  # noqa: PLC0415 - heavy, and only needed where a release is made

    about, licence = book.cover[1], book.cover[2]
    cover = gptables.Cover(
        title=book.title,
        intro=[_line(line) for line in book.cover[0].lines],
        about=[
            *(_line(line) for line in about.lines),
            [{"bold": True, "font_size": 14}, licence.heading],
            *(_line(line) for line in licence.lines),
        ],
        cover_label="Cover",
        width=_COVER_WIDTH,
    )
    file = BytesIO()
    with warnings.catch_warnings():
        # The notes are a table like the others here, with the same numbers as in the ODS.
        warnings.filterwarnings("ignore", message="No note text provided")
        workbook = gptables.produce_workbook(
            file,
            {sheet.name: _table(sheet) for sheet in book.sheets},
            cover=cover,
            contentsheet_label=None,
            auto_width=False,
            gridlines="hide_printed",
            workbook_options={
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
    _print_across(workbook.get_worksheet_by_name("Cover"))
    for sheet in book.sheets:
        _lay_out(workbook.get_worksheet_by_name(sheet.name), sheet)
    workbook.set_properties(
        {
            "title": book.title,
            "subject": book.subject,
            "author": book.author,
            "keywords": ", ".join(book.keywords),
            "created": datetime.combine(book.made_on, time()),
        }
    )
    workbook.close()
    path.write_bytes(
        rewritten(file.getvalue(), {"docProps/core.xml": _with_language, "xl/styles.xml": _with_headings})
    )


def _table(sheet: Sheet) -> Any:
    """One sheet as gptables wants it; the frame is made for it alone, because it renames the columns."""
    import gptables  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(
        [[_cell(cell) for cell in row] for row in sheet.rows],
        columns=[column.heading for column in sheet.columns],
        dtype=object,
    )
    formats = [
        {"column": {"columns": [position], "format": _column_format(position, sheet.places(position))}}
        for position in range(len(sheet.columns))
    ]
    return gptables.GPTable(
        table=frame,
        table_name=sheet.table_name,
        title=sheet.title,
        instructions=_line(sheet.about[0]),
        legend=[_line(line) for line in sheet.about[1:]],
        index_columns={},
        additional_formatting=formats,
    )


def _lay_out(worksheet: Any, sheet: Sheet) -> None:
    """Widths of the columns, and heights of the rows whose text is wrapped: not every program finds them."""
    for position, column in enumerate(sheet.columns):
        worksheet.set_column(position, position, column.width)
    worksheet.set_default_row(_LINE)
    worksheet.set_row(0, _TITLE)
    headings = [column.heading for column in sheet.columns]
    for number, cells in enumerate([headings, *sheet.rows], start=sheet.header_row - 1):
        if (lines := sheet.lines(cells)) > 1:
            worksheet.set_row(number, lines * _LINE)
    _print_across(worksheet)
    worksheet.repeat_rows(sheet.header_row - 1)


def _print_across(worksheet: Any) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)


def _column_format(position: int, places: int | None) -> dict[str, object]:
    """How the cells under a heading look; text keeps clear of the numbers to its left."""
    if places is not None:
        return {"valign": "top", "num_format": f"#,##0.{'0' * places}" if places else "#,##0"}
    return {"valign": "top", "indent": 1 if position else 0}


def _line(line: Line) -> str:
    """A line above a table; gptables reads links as Markdown writes them."""
    return f"[{line.text}]({_address(line)})" if isinstance(line, Link) else line


def _cell(cell: Cell) -> object:
    if isinstance(cell, Link):
        return {cell.text: _address(cell)}
    if isinstance(cell, str) and "](" in cell:
        from gptables.core.gptable import FormatList  # noqa: PLC0415

        # gptables makes a link of text where Markdown would, wherever it leads; not of formatted text.
        return FormatList([{}, cell])
    return cell if isinstance(cell, str | int) else float(cell)


def _address(link: Link) -> str:
    return link.target if link.is_outside else f"internal:'{link.target}'!A1"


def _with_language(core: bytes) -> bytes:
    return core.replace(b"</cp:coreProperties>", _LANGUAGE + b"</cp:coreProperties>")


def _with_headings(styles: bytes) -> bytes:
    """Mark the cells in the fonts of titles with the cell styles that Excel calls headings."""
    ElementTree.register_namespace("", _MAIN)
    root = ElementTree.fromstring(styles)
    find = {
        name: root.find(f"{{{_MAIN}}}{name}") for name in ("fonts", "cellStyleXfs", "cellXfs", "cellStyles")
    }
    fonts, bases, formats, named = (_there(find[name]) for name in find)
    for position, font in enumerate(list(fonts)):
        size = font.find(f"{{{_MAIN}}}sz")
        heading = _HEADINGS.get(size.get("val", "")) if size is not None else None
        if heading is None or font.find(f"{{{_MAIN}}}b") is None:
            continue
        base = str(len(bases))
        attributes = {"numFmtId": "0", "fontId": str(position), "fillId": "0", "borderId": "0"}
        ElementTree.SubElement(bases, f"{{{_MAIN}}}xf", attributes)
        ElementTree.SubElement(
            named, f"{{{_MAIN}}}cellStyle", {"name": heading[0], "xfId": base, "builtinId": heading[1]}
        )
        for each in formats:
            if each.get("fontId") == str(position):
                each.set("xfId", base)
    for group in (bases, named):
        group.set("count", str(len(group)))
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _there(element: ElementTree.Element | None) -> ElementTree.Element:
    if element is None:
        raise ValueError("gptables wrote no styles: the XLSX cannot mark its headings.")
    return element
