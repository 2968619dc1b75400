"""A small workbook of community waiting lists cell by cell, and what is no fault."""

from pathlib import Path

import openpyxl
from harness_community import (
    AUDIOLOGY,
    AUDIOLOGY_WAITS,
    ORGANISATIONS,
    SAFEGUARDING,
    VISION,
    VISION_WAITS,
    changed,
    fill,
    put,
    workbook,
)
from harness_source_views import FILE, bytes_of, landed_from, readable, staged

from nof.landing.publications.community_services import TABLES


def test_a_small_workbook_lands_cell_by_cell() -> None:
    found = readable(bytes_of(workbook()))
    assert (found.file_kind, found.row_count, found.repeated_row_count) == ("community_waits", 73, 0)
    assert [each.period for each in found.vintages] == ["2025-06"]
    rows = [(number, *cells) for number, cells in zip(found.table.row_numbers, found.table.rows, strict=True)]
    expected = [(6, "2025-06", "National", "", "England", "total", SAFEGUARDING, "12")]
    for name, (band, _) in TABLES.items():
        for row, (kind, code, organisation) in enumerate(ORGANISATIONS, start=6):
            key = (row, "2025-06", kind, code or "", organisation, band)
            if code != "NDL":
                expected.append((*key, AUDIOLOGY, str(AUDIOLOGY_WAITS[name])))
            if code != "R1D":
                expected.append((*key, VISION, str(VISION_WAITS[name])))
    assert rows == expected
    assert (9, "2025-06", "Provider", "R1D", ORGANISATIONS[3][2], "over 104", AUDIOLOGY, "8") in rows


def test_what_is_no_fault() -> None:
    """Bands that fall short, marks at headings, suppressed cells, empty rows, a body without waits."""

    def edit(made: openpyxl.Workbook) -> None:
        for name in TABLES:
            sheet = made[name]
            put(sheet, 5, VISION, f"{VISION} *")
            fill(sheet, 13, ("Provider", "RAL", "ROYAL FREE LONDON NHS FOUNDATION TRUST"))
            if name not in ("Table 4", "Table 4h"):
                put(sheet, 10, VISION, "*")
        made["Table 4b"].insert_rows(4, 2)

    found = readable(changed(edit))
    assert found.row_count == 73
    assert sum(row[6] == "*" for row in found.table.rows) == 7
    assert {row[5] for row in found.table.rows} == {SAFEGUARDING, AUDIOLOGY, f"{VISION} *"}


def test_suppressed_cells_and_marks_are_cleaned_in_staging(tmp_path: Path) -> None:
    def edit(made: openpyxl.Workbook) -> None:
        put(made["Table 4a"], 5, VISION, f"{VISION}*")
        put(made["Table 4a"], 10, VISION, "*")

    path = tmp_path / FILE
    path.write_bytes(changed(edit))
    with staged(landed_from(tmp_path, [path]), "stg_nhse__community_waits") as con:
        assert con.sql(
            "select organisation_kind, organisation_code, service_label, age_group, waiting_count, "
            "is_suppressed from staged where weeks_band = '0-1' and row_number in (6, 10) order by all"
        ).fetchall() == [
            ("national", "ENG", AUDIOLOGY, "adults", 1, False),
            ("national", "ENG", VISION, "children_and_young_people", 0, False),
            ("provider", "NDL", VISION, "children_and_young_people", None, True),
        ]


def test_a_row_that_repeats_another_is_counted_once() -> None:
    def edit(made: openpyxl.Workbook) -> None:
        fill(made["Table 4c"], 12, ORGANISATIONS[3])
        put(made["Table 4c"], 12, AUDIOLOGY, AUDIOLOGY_WAITS["Table 4c"])

    found = readable(changed(edit))
    assert (found.row_count, found.repeated_row_count, len(found.table.rows)) == (74, 1, 73)
