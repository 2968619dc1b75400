"""A small ambulance workbook cell by cell, and what is no fault."""

from harness_ambulance import AREAS, COLUMNS, HEADINGS, ROWS, changed, put, workbook
from harness_source_views import bytes_of, readable
from openpyxl.worksheet.worksheet import Worksheet


def test_a_small_workbook_lands_cell_by_cell() -> None:
    found = readable(bytes_of(workbook()))
    assert (found.file_kind, found.row_count, found.repeated_row_count) == ("ambulance_responses", 68, 0)
    assert [each.period for each in found.vintages] == ["2025-03", "2025-04"]
    rows = [(number, *cells) for number, cells in zip(found.table.row_numbers, found.table.rows, strict=True)]
    expected = [
        (row, ("2025-03", "2025-04")[place], AREAS[area][0] or "", area, name, str(figure))
        for (area, place), row in ROWS.items()
        for name, figure in zip(COLUMNS, AREAS[area][1], strict=True)
        if figure is not None
    ]
    assert rows == expected
    assert (13, "2025-04", "Y60", "RX9", "A31", "1000") in rows
    assert (10, "2025-04", "Y60", "Y60", "A126", ".") in rows


def test_what_is_no_fault() -> None:
    """Headings lower down, spaces, helper columns, an absent trust's figure, a mean without incidents."""

    def edit(sheet: Worksheet) -> None:
        put(sheet, 5, "Area", "Area ")
        put(sheet, 12, "A126", "\u00a0- ")
        for row in (6, 16):
            put(sheet, row, "A31", "-")
        sheet.cell(5, len(HEADINGS) + 3, "A32.Prod")
        sheet.cell(6, len(HEADINGS) + 3, "#DIV/0!")
        sheet.cell(20, len(HEADINGS) + 5, "England")
        sheet.insert_rows(1, 4)

    found = readable(changed(edit))
    assert found.table.row_numbers[0] == 10
    assert [row[4] for row in found.table.rows if row[3] == "A126"].count("\u00a0- ") == 1


def test_a_missing_trust_counts_as_nought_and_a_missing_total_is_held_to_nothing() -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, 6, "A9", "-")
        put(sheet, 12, "A53", "-")
        put(sheet, 6, "A53", 0)

    assert readable(changed(edit)).row_count == 70


def test_a_row_that_repeats_another_is_counted_once() -> None:
    def edit(sheet: Worksheet) -> None:
        for place in range(1, len(HEADINGS) + 1):
            sheet.cell(18, place).value = sheet.cell(12, place).value

    found = readable(changed(edit))
    assert (found.row_count, found.repeated_row_count, len(found.table.rows)) == (75, 7, 68)
