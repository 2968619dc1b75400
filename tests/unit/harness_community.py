"""A small workbook of community waiting lists, right in every sum, and the same with cells changed."""

from collections.abc import Callable

import openpyxl
from harness_source_views import bytes_of
from openpyxl.worksheet.worksheet import Worksheet

from nof.landing.publications.community_services import SERVICES, TABLES

ORGANISATIONS = (
    ("National", None, "England"),
    ("Region", "Y60", "MIDLANDS"),
    ("ICB", "QOC", "SHROPSHIRE, TELFORD AND WREKIN"),
    ("Provider", "R1D", "SHROPSHIRE COMMUNITY HEALTH NHS TRUST"),
    ("Provider", "NDL", "SUFFOLK GP FEDERATION"),
)
HEADINGS = ["Organisation Type", "Organisation Code", "Organisation Name", *SERVICES]
SAFEGUARDING, AUDIOLOGY, VISION = SERVICES[0], SERVICES[1], "(CYP) Vision screening"
# The first provider's waits for audiology, and the second's for vision screening, by table.
AUDIOLOGY_WAITS = dict(zip(TABLES, (40, 1, 2, 3, 4, 5, 6, 7, 8), strict=True))
VISION_WAITS = dict(zip(TABLES, (10, 0, 0, 0, 9, 1, 0, 0, 0), strict=True))
TITLES = {
    "Table 4": "Total waiting list by service, June 2025",
    "Table 4a": "Number waiting 0-1 weeks (0-7 days) by service, June 2025",
    "Table 4b": "Number waiting >1-2 weeks (8-14 days) by service, June 2025",
    "Table 4c": "Number waiting >2-4 weeks (15-28 days) by service, June 2025",
    "Table 4d": "Number waiting >4-12 weeks (29-84 days) by service, June 2025",
    "Table 4e": "Number waiting >12-18 weeks (85-126 days) by service, June 2025",
    "Table 4f": "Number waiting >18-52 weeks (127-364 days) by service, June 2025",
    "Table 4g": "Number waiting >52-104 weeks (365-728 days) by service, June 2025",
    "Table 4h": "Number waiting over 104 weeks (over 2 years) by service, June 2025",
}
Edit = Callable[[openpyxl.Workbook], object]


def workbook() -> openpyxl.Workbook:
    """A small workbook of the published layout: England, a region, a board and two providers in one month."""
    made = openpyxl.Workbook()
    made.active.title = "Cover page"
    for name in ("Contents", "Table 1", "Table 2", "Table 3", *TABLES):
        made.create_sheet(name)
    overview = made["Table 3"]
    overview["A1"] = "National overview of waiting list metrics by service, June 2025"
    for row, service in enumerate(SERVICES, start=9):
        overview.cell(row, 1, service)
    for place, name in enumerate(TABLES, start=2):
        sheet = made[name]
        sheet["A1"] = TITLES[name]
        sheet["A2"] = "Blanks indicate no organisation submitted for the service line."
        fill(sheet, 5, HEADINGS)
        for row, organisation in enumerate(ORGANISATIONS, start=6):
            fill(sheet, row, organisation)
            if organisation[1] != "NDL":
                put(sheet, row, AUDIOLOGY, AUDIOLOGY_WAITS[name])
            if organisation[1] != "R1D":
                put(sheet, row, VISION, VISION_WAITS[name])
        overview.cell(10, place, AUDIOLOGY_WAITS[name])
        overview.cell(9 + SERVICES.index(VISION), place, VISION_WAITS[name])
    # For England and in total only; Table 3 has one of its bands nevertheless.
    put(made["Table 4"], 6, SAFEGUARDING, 12)
    overview["B9"] = 12
    overview["J9"] = 3
    return made


def fill(sheet: Worksheet, row: int, cells: object) -> None:
    for place, cell in enumerate(cells, start=1):  # type: ignore[call-overload]
        sheet.cell(row, place, cell)


def put(sheet: Worksheet, row: int, heading: str, value: object) -> None:
    sheet.cell(row, HEADINGS.index(heading) + 1).value = value


def changed(edit: Edit) -> bytes:
    made = workbook()
    edit(made)
    return bytes_of(made)


def cell(name: str, row: int, heading: str, value: object) -> Edit:
    return lambda made: put(made[name], row, heading, value)
