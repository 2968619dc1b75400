"""A small cancer waiting times extract, right in every sum, and the same with cells changed."""

from datetime import date
from typing import Any

from harness_sources import workbook

from nof.landing.publications.cancer_rows import COLUMNS

SHEET = "CWT CRS Provider Extract"
HEADINGS = list(COLUMNS)
ALL = "ALL MODALITIES"
ALL_CANCERS = "ALL CANCERS"
FDS = "28-day FDS"
URGENT = "URGENT SUSPECTED CANCER"
Row = list[Any]


def row(
    standard: str, code: str, route: str, modality: str, cancer: str, within: float, breaches: float
) -> Row:
    """A row of April 2025; the total is the two counts together."""
    start = [date(2025, 4, 1), "2025/26", "APR", standard, code, route, modality or None, cancer]
    return [*start, within + breaches, within, breaches]


# Two providers share one patient of the 62-day standard: a half each.
VALID: list[Row] = [
    HEADINGS,
    row(FDS, "ZZ1", URGENT, "", "Suspected skin cancer", 90, 10),
    row(FDS, "ZZ1", URGENT, "", "Suspected lung cancer", 7, 3),
    row("62-day Combined", "ZZ1", "Screening", ALL, "Breast", 4.5, 2),
    row("62-day Combined", "ZZ1", "Screening", ALL, "Lung", 1, 0),
    row("62-day Combined", "ZZ1", "Screening", "Surgery", ALL_CANCERS, 5, 1.5),
    row("62-day Combined", "ZZ1", "Screening", "Other", ALL_CANCERS, 0.5, 0.5),
    row("31-day Combined", "ZZ2A4", "First Treatment", ALL, "Skin", 12, 0),
    row("31-day Combined", "ZZ2A4", "First Treatment", "Radiotherapy", ALL_CANCERS, 12, 0),
]


def book(rows: list[Row], sheet: str = SHEET) -> bytes:
    """The rows as a workbook of one sheet."""
    return workbook({sheet: rows})


def changed(*edits: tuple[int, str, Any]) -> bytes:
    """The valid file with some cells changed, each by its spreadsheet row and heading."""
    copy = [list(cells) for cells in VALID]
    for number, heading, value in edits:
        copy[number - 1][HEADINGS.index(heading)] = value
    return book(copy)
