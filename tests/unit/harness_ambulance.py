"""A small ambulance workbook of two months, right in every sum, and the same with cells changed."""

from collections.abc import Callable

import openpyxl
from harness_source_views import bytes_of
from openpyxl.worksheet.worksheet import Worksheet

from nof.landing.publications.ambulance_indicators import INDICATORS

CODES = sorted(INDICATORS, key=lambda each: int(each[1:]))
HEADINGS = ["Concatenated", "Year", "Month", "Reg", None, "Area", "Trust", *CODES, None, "Month", "Year"]
COLUMNS = ("A8", "A9", "A10", "A30", "A31", "A32", "A126")
# Area, region and what stands under COLUMNS: two trusts in one region, one in another.
AREAS = {
    "ENG": (None, (9, 5, 16, 25001, 1563, 2100, "-")),
    "Y60": ("Y60", (5, 3, 6, 5001, 834, 1700, ".")),
    "RX9": ("Y60", (3, 1, 4, 4000, 1000, 2000, "-")),
    "RYA": ("Y60", (2, 2, 2, 1001, 501, 900, None)),
    "RYF": ("Y58", (4, 2, 10, 20000, 2000, 2500, 0)),
}
MONTHS = (("2024-25", "MARCH"), ("2025-26", "APRIL"))
# Rows of the small workbook: headings in 5, a title and an empty row among the areas.
ROWS = {("ENG", 0): 6, ("ENG", 1): 7, ("Y60", 0): 9, ("Y60", 1): 10, ("RX9", 0): 12, ("RX9", 1): 13}
ROWS |= {("RYA", 0): 14, ("RYA", 1): 15, ("RYF", 0): 16, ("RYF", 1): 17}
Edit = Callable[[Worksheet], None]


def workbook() -> openpyxl.Workbook:
    """A small workbook of the published layout: two months of England, a region and three trusts."""
    made = openpyxl.Workbook()
    made.active.title = "Response times"
    for name in ("Incidents", "Calls", "Raw"):
        made.create_sheet(name)
    sheet = made["Raw"]
    sheet.sheet_state = "hidden"
    sheet["H3"] = "Contacts"
    write(sheet, 5, HEADINGS)
    sheet["A11"] = "Raw data"
    for (area, place), row in ROWS.items():
        region, figures = AREAS[area]
        year, month = MONTHS[place]
        write(sheet, row, [f"{year}{month}{area}", year, month, region, None, area, None])
        for name, figure in zip(COLUMNS, figures, strict=True):
            put(sheet, row, name, figure)
    return made


def write(sheet: Worksheet, row: int, cells: list[str | None]) -> None:
    for place, cell in enumerate(cells, start=1):
        sheet.cell(row, place, cell)


def put(sheet: Worksheet, row: int, heading: str, value: object) -> None:
    sheet.cell(row, HEADINGS.index(heading) + 1).value = value


def changed(edit: Edit) -> bytes:
    made = workbook()
    edit(made["Raw"])
    return bytes_of(made)


def cell(row: int, heading: str, value: object) -> Edit:
    return lambda sheet: put(sheet, row, heading, value)
