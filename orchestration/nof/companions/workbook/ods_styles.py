"""The styles of the ODS: Arial of 12 points, black as the reader's settings have it, no borders, no fill."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from odf.element import Element
    from odf.opendocument import OpenDocument

# One character of 12 points, in centimetres: what a column is wide for each.
_CHARACTER = 0.24
# The style of the text of a link.
LINK = "Internet_20_link"


class Styles:
    """Makes each style when it is first asked for, and gives its name.

    Attributes:
        sheet: a sheet that is printed across, as wide as the page.
        heading_1: the title of a sheet.
        heading_2: a part of the cover.
        text: wrapped text outside a table.
        line: text above a table, which may run over its cell.
    """

    def __init__(self, document: "OpenDocument") -> None:
        self._document = document
        self._made: set[str] = set()
        self._add_default()
        self.sheet = self._add_sheet()
        self.heading_1 = self._add_named("Heading_20_1", "Heading 1", size=16, is_bold=True)
        self.heading_2 = self._add_named("Heading_20_2", "Heading 2", size=14, is_bold=True)
        self.text = self._add_cell("text", wraps=True)
        self.line = self._add_cell("line", wraps=False)

    def width(self, characters: int) -> str:
        """A column of this width."""
        from odf.style import Style, TableColumnProperties  # noqa: PLC0415

        name = f"width{characters}"
        if name not in self._made:
            self._made.add(name)
            style = Style(name=name, family="table-column")
            style.addElement(TableColumnProperties(columnwidth=f"{characters * _CHARACTER:.2f}cm"))
            self._document.automaticstyles.addElement(style)
        return name

    def column(self, *, is_number: bool, is_first: bool) -> str:
        """The heading of a column: bold, and on the side on which its cells are."""
        if is_first:
            return self._add_cell("heading_first", wraps=True, is_bold=True)
        name = "heading_number" if is_number else "heading_text"
        return self._add_cell(name, wraps=True, is_bold=True, is_right=is_number, is_after=True)

    def cell(self, places: int | None, *, is_first: bool) -> str:
        """A cell of a column of text, or of numbers with so many decimals; the first column names the row."""
        if is_first:
            return self.text
        if places is None:
            return self._add_cell("text_after", wraps=True, is_after=True)
        return self._add_cell(f"number{places}", wraps=True, is_right=True, data_style=self._number(places))

    def _number(self, places: int) -> str:
        from odf.number import Number, NumberStyle  # noqa: PLC0415

        name = f"places{places}"
        if name not in self._made:
            self._made.add(name)
            style = NumberStyle(name=name)
            style.addElement(Number(decimalplaces=str(places), minintegerdigits="1", grouping="true"))
            self._document.styles.addElement(style)
        return name

    def _add_default(self) -> None:
        """Language, font and size of every cell."""
        from odf.style import DefaultStyle, ParagraphProperties, Style, TextProperties  # noqa: PLC0415

        style = DefaultStyle(family="table-cell")
        style.addElement(ParagraphProperties(tabstopdistance="1.25cm"))
        style.addElement(TextProperties(fontfamily="Arial", fontsize="12pt", language="en", country="GB"))
        self._document.styles.addElement(style)
        self._document.styles.addElement(Style(name="Default", family="table-cell"))
        link = Style(name=LINK, displayname="Internet Link", family="text")
        link.addElement(TextProperties(color="#0000ff", textunderlinestyle="solid"))
        self._document.styles.addElement(link)

    def _add_sheet(self) -> str:
        """The page of a printed sheet."""
        from odf.namespaces import STYLENS  # noqa: PLC0415
        from odf.style import MasterPage, PageLayout, PageLayoutProperties, Style, TableProperties  # noqa: PLC0415

        page = PageLayoutProperties(pagewidth="29.7cm", pageheight="21cm", printorientation="landscape")
        page.setAttrNS(STYLENS, "scale-to-X", "1")  # younger than odfpy's grammar
        layout = PageLayout(name="across")
        layout.addElement(page)
        self._document.automaticstyles.addElement(layout)
        self._document.masterstyles.addElement(MasterPage(name="Across", pagelayoutname="across"))
        style = Style(name="sheet", family="table", masterpagename="Across")
        style.addElement(TableProperties(display="true", writingmode="lr-tb"))
        self._document.automaticstyles.addElement(style)
        return "sheet"

    def _add_named(self, name: str, shown: str, *, size: int, is_bold: bool) -> str:
        """A style with a name that office programs know: a heading."""
        from odf.style import Style, TextProperties  # noqa: PLC0415

        style = Style(name=name, displayname=shown, family="table-cell", parentstylename="Default")
        style.addElement(
            TextProperties(
                fontsize=f"{size}pt", fontweight="bold" if is_bold else "normal", fontfamily="Arial"
            )
        )
        self._document.styles.addElement(style)
        return name

    def _add_cell(
        self,
        name: str,
        *,
        wraps: bool,
        is_bold: bool = False,
        is_right: bool = False,
        is_after: bool = False,
        data_style: str | None = None,
    ) -> str:
        from odf.style import ParagraphProperties, Style, TableCellProperties, TextProperties  # noqa: PLC0415

        if name in self._made:
            return name
        self._made.add(name)
        more = {"datastylename": data_style} if data_style else {}
        style = Style(name=name, family="table-cell", parentstylename="Default", **more)
        style.addElement(_cell_properties(TableCellProperties, wraps=wraps))
        # Text keeps clear of the numbers to its left.
        margin = {"marginleft": "0.3cm"} if is_after and not is_right else {}
        style.addElement(ParagraphProperties(textalign="end" if is_right else "start", **margin))
        if is_bold:
            style.addElement(TextProperties(fontweight="bold"))
        self._document.styles.addElement(style)
        return name


def _cell_properties(make: "type[Element]", *, wraps: bool) -> "Element":
    return make(wrapoption="wrap" if wraps else "no-wrap", verticalalign="top")
