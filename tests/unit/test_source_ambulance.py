"""Ambulance systems indicators: all areas from the hidden sheet, sums and means, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from harness_source_views import FILE, bytes_of, landed_from, readable, staged, told
from openpyxl.worksheet.worksheet import Worksheet

from nof.landing import Landed
from nof.landing.publications.ambulance_indicators import ADDED, CENTILES, INDICATORS, MEANS

REAL = "ambulance_quality_indicators/AmbSYS-Time-Series-until-20250831.xlsx"
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


@pytest.fixture(scope="module")
def real(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    return landed_from(tmp_path_factory.mktemp("ambulance"), [data_dir / "sources" / REAL])


@pytest.fixture(scope="module")
def view(real: Landed) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(real, "stg_nhse__ambulance_responses") as connection:
        yield connection


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


def test_every_indicator_is_of_one_kind() -> None:
    assert (len(INDICATORS), len(ADDED), len(MEANS), len(CENTILES)) == (148, 93, 26, 29)


def test_the_real_workbook_lands_whole(real: Landed) -> None:
    (file,) = real.files
    assert (file.file_kind, file.row_count, file.repeated_row_count) == ("ambulance_responses", 163875, 0)
    assert [each.period for each in file.vintages][:: len(file.vintages) - 1] == ["2017-08", "2025-08"]
    assert len(file.vintages) == 97


def test_figures_of_the_real_workbook(view: duckdb.DuckDBPyConnection) -> None:
    """Rows 100 and 1434 of the sheet Raw; the sheet Response times shows the first of them, too."""
    query = (
        "select row_number, indicator_value from staged where period_start_date = '2025-06-01' "
        "and area_code = ? and indicator_id in ('A10', 'A30', 'A31') order by indicator_id"
    )
    assert view.execute(query, ["ENG"]).fetchall() == [(100, 378635), (100, 672656107), (100, 1777)]
    assert view.execute(query, ["RX9"]).fetchall() == [(1434, 35986), (1434, 75640025), (1434, 2102)]
    assert view.sql(
        "select area_kind, count(distinct area_code) from staged group by 1 order by 1"
    ).fetchall() == [("england", 1), ("region", 3), ("trust", 11)]
    assert view.sql("select count(*) from staged where indicator_value is null").fetchall() == [(10688,)]


def test_england_and_the_regions_are_the_sums_of_their_trusts(view: duckdb.DuckDBPyConnection) -> None:
    """Every count and total time of every month for which the total is stated."""
    counted = view.execute(
        """
        with trusts as (
            select *, unnest(['ENG', region_id]) as total_code from staged where area_kind = 'trust'
        ),
        added as (
            select total_code, period_start_date, indicator_id, coalesce(sum(indicator_value), 0) as added
            from trusts
            group by all
        )
        select total.area_kind, count(*), count(*) filter (total.indicator_value <> added.added)
        from staged as total
        join added
            on added.total_code = total.area_code and added.period_start_date = total.period_start_date
            and added.indicator_id = total.indicator_id
        where total.area_kind <> 'trust' and total.indicator_value is not null
            and list_contains(?, total.indicator_id)
        group by 1 order by 1
        """,
        [sorted(ADDED)],
    ).fetchall()
    assert counted == [("england", 6576, 0), ("region", 19716, 0)]


def test_means_are_total_over_count_but_for_twelve_of_2017(view: duckdb.DuckDBPyConnection) -> None:
    pairs = [(mean, total, count) for mean, (total, count) in MEANS.items()]
    view.execute("create or replace temp table pairs (mean varchar, total varchar, count varchar)")
    view.executemany("insert into pairs values (?, ?, ?)", pairs)
    off = view.sql(
        """
        select strftime(m.period_start_date, '%Y-%m'), m.area_code, pairs.mean, m.indicator_value,
            round(t.indicator_value / c.indicator_value, 2)
        from pairs
        join staged as m on m.indicator_id = pairs.mean
        join staged as t on t.indicator_id = pairs.total and t.row_number = m.row_number
        join staged as c on c.indicator_id = pairs.count and c.row_number = m.row_number
        where c.indicator_value > 0 and abs(m.indicator_value - t.indicator_value / c.indicator_value) > 0.5
        order by all
        """
    ).fetchall()
    assert off == [
        ("2017-11", "RYC", "A3", 8, 8.71),
        ("2017-11", "RYC", "A31", 1468, 1467.06),
        ("2017-11", "RYC", "A34", 4371, 4366.73),
        ("2017-11", "RYC", "A37", 5768, 5766.43),
        ("2017-12", "RYC", "A28", 938, 937.32),
        ("2017-12", "RYC", "A31", 1925, 1923.55),
        ("2017-12", "RYC", "A34", 6426, 6418.71),
        ("2017-12", "RYC", "A37", 7651, 7648.99),
        ("2017-12", "RYF", "A28", 894, 894.87),
        ("2017-12", "RYF", "A34", 5434, 5434.6),
        ("2017-12", "RYF", "A37", 7537, 7537.54),
        ("2017-12", "RYF", "A66", 9137, 9137.94),
    ]
