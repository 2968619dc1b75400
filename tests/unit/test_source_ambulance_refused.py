"""Ambulance workbooks that are refused: each fault with its cell and remedy."""

import pytest
from harness_ambulance import HEADINGS, ROWS, Edit, cell, changed, put, workbook
from harness_source_views import FILE, bytes_of, told
from openpyxl.worksheet.worksheet import Worksheet

FETCH = "Fetch the file again from where it is published."
AGAIN = (
    "Fetch the workbook again; if it is so published, ask the publisher which figure is right before it is "
    "landed."
)
WHOLE = (
    "Counts and seconds are whole numbers from 0 up; - or . stands for a missing one. See whether the unit "
    "of the indicator changed, or fetch the workbook again."
)
KNOWN = (
    "See what the publisher changed; a new indicator is added to ambulance_indicators.py with what it is (a "
    "count, a total time, a mean or a centile)."
)


def missing_month(sheet: Worksheet) -> None:
    for (_, place), row in ROWS.items():
        if place:
            put(sheet, row, "Month", "MAY")


def contradiction(sheet: Worksheet) -> None:
    for place in range(1, len(HEADINGS) + 1):
        sheet.cell(18, place).value = sheet.cell(12, place).value
    put(sheet, 18, "A32", 2001)


@pytest.mark.parametrize(
    ("edit", "place", "said", "remedy"),
    [
        # Sums, wholes, parts and means.
        (
            cell(7, "A10", 17),
            "row 7, column A10, value '17'",
            "sheet Raw, England in 2025-04: its 3 trusts add up to 16.",
            AGAIN,
        ),
        (
            cell(9, "A30", 5002),
            "row 9, column A30, value '5002'",
            "sheet Raw, region Y60 in 2025-03: its 2 trusts add up to 5001.",
            AGAIN,
        ),
        (
            cell(12, "A31", 17),
            "row 12, column A31, value '17'",
            "sheet Raw, RX9 in 2025-03: A30 over A10 is 1000.0 seconds.",
            AGAIN,
        ),
        (
            cell(15, "A9", 3),
            "row 15, column A9, value '3'",
            "sheet Raw, RYA in 2025-04: this is part of A8, and that is only 2.",
            AGAIN,
        ),
        (
            lambda sheet: [put(sheet, 12, name, 1) for name in ("A75", "A79", "A119")],
            "row 12, column A10, value '4'",
            "sheet Raw, RX9 in 2025-03: A75 + A79 + A119 is 3.",
            AGAIN,
        ),
        # Cells.
        (
            cell(12, "A31", 16.67),
            "row 12, column A31, value '16.67'",
            "sheet Raw: this number is not whole.",
            WHOLE,
        ),
        (
            cell(14, "A32", -900),
            "row 14, column A32, value '-900'",
            "sheet Raw: this number is negative.",
            WHOLE,
        ),
        (
            cell(14, "A32", "1,900"),
            "row 14, column A32, value '1,900'",
            "sheet Raw: this number has thousands separators.",
            WHOLE,
        ),
        (
            cell(7, "A31", "#DIV/0!"),
            "row 7, column A31, value '#DIV/0!'",
            "sheet Raw, cell AM7: this is an error of a spreadsheet: a formula could not be worked out.",
            "Fetch the workbook again from where it is published, and do not save it anew.",
        ),
        (
            cell(7, "A31", "=A30/A10"),
            "row 7, column A31, value '='",
            "sheet Raw, cell AM7: this is a formula, and its result belongs here.",
            "Fetch the workbook again from where it is published, and do not save it anew.",
        ),
        # Months and areas.
        (
            cell(14, "Month", "MARS"),
            "row 14, column Year, Month, value '2024-25 MARS'",
            "sheet Raw: this is no month of a financial year.",
            "Write them as published, such as 2025-26 and JUNE; take a row of notes away.",
        ),
        (missing_month, "", "sheet Raw: no month stands between 2025-03 and 2025-05.", AGAIN),
        (
            cell(14, "Area", "Midlands"),
            "row 14, column Area, value 'Midlands'",
            "sheet Raw: this is no code of an area: ENG, a region such as Y60, or a trust such as RX9.",
            FETCH,
        ),
        (
            cell(13, "Reg", None),
            "row 13, column Reg, value ''",
            "sheet Raw: a region or a trust has the code of its region, such as Y60.",
            FETCH,
        ),
        (
            cell(10, "Reg", "Y58"),
            "row 10, column Reg, value 'Y58'",
            "sheet Raw: region Y60 stands under another region.",
            FETCH,
        ),
        (
            lambda sheet: sheet.delete_rows(7),
            "",
            "sheet Raw: 2025-04 has no row of England (ENG) to check its trusts by.",
            AGAIN,
        ),
        (
            contradiction,
            "row 18, column A32, value '2001'",
            "sheet Raw: rows 12 and 18 are both RX9 in 2025-03 and differ: row 12 has 2000.",
            "Take away the wrong one, or fetch the workbook again.",
        ),
        # The layout.
        (
            cell(5, "A31", "A31 (minutes)"),
            "row 5, column A31 (minutes), value 'A31 (minutes)'",
            "sheet Raw: this indicator is not known.",
            KNOWN,
        ),
        (
            cell(5, "A31", None),
            "row 5, column A31",
            "sheet Raw: this indicator is missing.",
            "See what the publisher changed; an indicator that is published no more is taken from "
            "ambulance_indicators.py.",
        ),
        (
            lambda sheet: sheet.cell(5, HEADINGS.index("A148") + 2, "A149"),
            "row 5, column A149, value 'A149'",
            "sheet Raw: this indicator is not known.",
            KNOWN,
        ),
        (
            cell(5, "A32", "A31"),
            "row 5, column A31",
            "sheet Raw: this indicator is there more than once.",
            FETCH,
        ),
        (
            cell(5, "Area", "Geography"),
            "row 5, column Area",
            "sheet Raw: this column is missing.",
            FETCH,
        ),
        (
            lambda sheet: sheet.delete_rows(5),
            "",
            "the sheet Raw has no row of headings with Year, Month, Reg, Area in its first 30 rows: the "
            "layout is not the one that is known.",
            "See what the publisher changed; the columns are not guessed.",
        ),
        (lambda sheet: sheet.delete_rows(6, 20), "", "the sheet Raw has headings and no rows.", FETCH),
    ],
)
def test_what_is_refused(edit: Edit, place: str, said: str, remedy: str) -> None:
    where = f"{FILE}, {place}" if place else FILE
    assert f"{where}: {said} {remedy}" in told(changed(edit))


def test_all_problems_are_told_in_the_order_of_the_rows() -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, 14, "A32", -1)
        put(sheet, 7, "A10", "many")
        put(sheet, 9, "Month", "")

    rows = [each.split(",")[1] for each in told(changed(edit))]
    assert rows == [" row 7", " row 9", " row 14"]


def test_without_the_hidden_sheet_one_area_is_no_publication() -> None:
    made = workbook()
    del made["Raw"]
    assert told(bytes_of(made)) == [
        f"{FILE}: the sheet Raw, hidden as published, is not there; the others show one area only. Fetch the "
        "workbook again from where it is published, and do not save it anew."
    ]
