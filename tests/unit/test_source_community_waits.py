"""Community health services waiting lists: nine tables of a month, their sums, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from harness_source_views import FILE, bytes_of, landed_from, readable, staged, told
from openpyxl.worksheet.worksheet import Worksheet

from nof.landing import Landed
from nof.landing.publications.community_services import SERVICES, TABLES

FOLDER = "sources/community_waits"
NAME = "Community-health-services-waiting-lists-2025-26-{}.xlsx"
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


@pytest.fixture(scope="module")
def real(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    files = [data_dir / FOLDER / NAME.format(month) for month in ("June", "July")]
    return landed_from(tmp_path_factory.mktemp("community"), files)


@pytest.fixture(scope="module")
def view(real: Landed) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(real, "stg_nhse__community_waits") as connection:
        yield connection


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


AGAIN = (
    "Fetch the workbook again; if it is so published, ask the publisher which figure is right before it is "
    "landed."
)
NUMBER = (
    "The number waiting is whole, from 0 up; * stands for a suppressed one and an empty cell for no "
    "submission. Fetch the workbook again."
)
SERVICE = (
    "See what the publisher changed; a service that is new, or has another name, is written in "
    "community_services.py once it is known what is counted in it."
)


def title(name: str, text: str) -> Edit:
    return lambda made: made[name].__setitem__("A1", text)


def contradiction(made: openpyxl.Workbook) -> None:
    fill(made["Table 4c"], 12, ORGANISATIONS[3])
    put(made["Table 4c"], 12, AUDIOLOGY, 99)


@pytest.mark.parametrize(
    ("edit", "place", "said", "remedy"),
    [
        # The tables to one another.
        (
            cell("Table 4", 9, AUDIOLOGY, 41),
            f"row 6, column {AUDIOLOGY}, value '40'",
            "Table 4: England: the 1 rows of type Provider add up to 41.",
            AGAIN,
        ),
        (
            cell("Table 4d", 7, AUDIOLOGY, 5),
            f"row 6, column {AUDIOLOGY}, value '4'",
            "Table 4d: England: the 1 rows of type Region add up to 5.",
            AGAIN,
        ),
        (
            cell("Table 4", 6, AUDIOLOGY, None),
            f"row 7, column {AUDIOLOGY}, value '40'",
            "Table 4: England has nothing, and a row of type Region has this.",
            AGAIN,
        ),
        (
            cell("Table 4h", 10, VISION, 11),
            f"row 10, column {VISION}, value '11'",
            "Table 4h: one band of weeks is more than the total: Table 4 has 10.",
            AGAIN,
        ),
        (
            lambda made: made["Table 3"].__setitem__("C10", 2),
            f"row 10, column {AUDIOLOGY}, 0-1, value '2'",
            "Table 3: in Table 4a England has 1.",
            AGAIN,
        ),
        (
            lambda made: made["Table 4e"].delete_rows(9),
            "column Organisation Code, value 'R1D'",
            "Table 4e: Provider R1D has no row, and has one in another table.",
            AGAIN,
        ),
        # Months and bands.
        (
            title("Table 4b", TITLES["Table 4b"].replace("June", "July")),
            "row 1",
            "the titles of the tables are of different months: Table 3 has 2025-06, Table 4 has 2025-06, "
            "Table 4a has 2025-06, Table 4b has 2025-07, Table 4c has 2025-06, Table 4d has 2025-06, "
            "Table 4e has 2025-06, Table 4f has 2025-06, Table 4g has 2025-06, Table 4h has 2025-06.",
            AGAIN,
        ),
        (
            title("Table 4g", "Number waiting >52-104 weeks by service"),
            "row 1, value 'Number waiting >52-104 weeks by service'",
            "the title of the sheet Table 4g does not end in a month.",
            "Write the month as published, such as ', June 2025', or fetch the workbook again.",
        ),
        (
            title("Table 4g", "Number waiting >52-78 weeks by service, June 2025"),
            "row 1, value 'Number waiting >52-78 weeks by service, June 2025'",
            "the title of the sheet Table 4g does not begin with 'Number waiting 52-104 weeks'.",
            "See what the publisher changed: another table, or bands of other weeks, are not guessed.",
        ),
        # Sheets, headings and rows.
        (
            lambda made: made.remove(made["Table 4g"]),
            "",
            "the sheet Table 4g is missing.",
            "Fetch the workbook again from where it is published.",
        ),
        (
            lambda made: made.create_sheet("Table 4i"),
            "",
            "the sheet Table 4i is not known.",
            "See what the publisher added: a table or a band of weeks that is new is not passed over unread.",
        ),
        (
            cell("Table 4", 5, VISION, "(CYP) Eye tests"),
            f"row 5, column number {HEADINGS.index(VISION) + 1}, value '(CYP) Eye tests'",
            "Table 4: this column is no service that is known.",
            SERVICE,
        ),
        (
            lambda made: made["Table 4"].delete_cols(5),
            f"row 5, column {AUDIOLOGY}",
            "Table 4: this column is missing.",
            SERVICE,
        ),
        (
            cell("Table 4a", 5, SAFEGUARDING, AUDIOLOGY),
            f"row 5, column number 5, value '{AUDIOLOGY}'",
            "Table 4a: this column is there more than once.",
            "See what the publisher changed; the columns are not guessed.",
        ),
        (
            lambda made: made["Table 4a"].delete_rows(5),
            "",
            "the sheet Table 4a has no row of headings with Organisation Type, Organisation Code, "
            "Organisation Name in its first 30 rows.",
            "See what the publisher changed; the columns are not guessed.",
        ),
        (
            lambda made: made["Table 4a"].delete_rows(6, 9),
            "",
            "the sheet Table 4a has headings and no rows.",
            "Fetch the file again from where it is published.",
        ),
        (
            cell("Table 4", 11, "Organisation Type", "Note"),
            "row 11, column Organisation Type, value 'Note'",
            "Table 4: this is none of National, Region, ICB, Provider.",
            "Take away a note, a title or a total below the table; another type is not guessed.",
        ),
        (
            cell("Table 4", 9, "Organisation Code", "Shropshire"),
            "row 9, column Organisation Code, value 'Shropshire'",
            "Table 4: this is no code of a row of type Provider.",
            "Fetch the workbook again; England has no code, a region one such as Y60, an ICB one such as "
            "QOC, a provider its ODS code.",
        ),
        (
            contradiction,
            f"row 12, column {AUDIOLOGY}, value '99'",
            "Table 4c: rows 9 and 12 are both Provider R1D and differ: row 9 has '3'.",
            "Take away the wrong one, or fetch the workbook again.",
        ),
        # Cells.
        (
            cell("Table 4b", 9, AUDIOLOGY, "#N/A"),
            f"row 9, column {AUDIOLOGY}, value '#N/A'",
            "sheet Table 4b, cell E9: this is an error of a spreadsheet: a formula could not be worked out.",
            "Fetch the workbook again from where it is published, and do not save it anew.",
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, "<5"),
            f"row 9, column {AUDIOLOGY}, value '<5'",
            "Table 4: this is a limit or an estimate, and a figure belongs here.",
            NUMBER,
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, 4.5),
            f"row 9, column {AUDIOLOGY}, value '4.5'",
            "Table 4: this number is not whole.",
            NUMBER,
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, -1),
            f"row 9, column {AUDIOLOGY}, value '-1'",
            "Table 4: this number is negative.",
            NUMBER,
        ),
    ],
)
def test_what_is_refused(edit: Edit, place: str, said: str, remedy: str) -> None:
    where = f"{FILE}, {place}" if place else FILE
    assert f"{where}: {said} {remedy}" in told(changed(edit))


def test_all_problems_of_all_tables_are_told() -> None:
    def edit(made: openpyxl.Workbook) -> None:
        for name in ("Table 4", "Table 4f"):
            put(made[name], 9, AUDIOLOGY, "many")
            put(made[name], 10, VISION, -2)

    assert len(told(changed(edit))) == 4


def test_the_real_workbooks_land_whole(real: Landed) -> None:
    """June and July have one layout; July has a provider more."""
    counts = {file.file_name: (file.row_count, file.repeated_row_count, file.vintages) for file in real.files}
    june, july = (counts[NAME.format(month)] for month in ("June", "July"))
    assert june[:2] == (32061, 0)
    assert july[:2] == (31881, 0)
    assert [each.period for each in (*june[2], *july[2])] == ["2025-06", "2025-07"]


def test_figures_of_the_real_workbooks(view: duckdb.DuckDBPyConnection) -> None:
    kinds = view.sql(
        "select strftime(period_start_date, '%Y-%m'), organisation_kind, count(distinct organisation_code) "
        "from staged group by 1, 2 order by 1, 2"
    ).fetchall()
    # Of 42 boards two have no provider of their own in either month.
    assert kinds == [
        ("2025-06", "icb", 40),
        ("2025-06", "national", 1),
        ("2025-06", "provider", 143),
        ("2025-06", "region", 7),
        ("2025-07", "icb", 40),
        ("2025-07", "national", 1),
        ("2025-07", "provider", 144),
        ("2025-07", "region", 7),
    ]
    # England's total as Tables 2 and 3 state it, all services together.
    assert view.sql(
        "select sum(waiting_count) from staged where organisation_kind = 'national' and weeks_band = 'total' "
        "group by period_start_date order by period_start_date"
    ).fetchall() == [(1177877,), (1195895,)]
    assert view.sql("select count(*) from staged where waiting_count is null").fetchall() == [(0,)]


def test_regions_boards_and_providers_each_add_up_to_england(view: duckdb.DuckDBPyConnection) -> None:
    """44 services in nine tables, in both months; three are published for England only."""
    assert view.sql(
        """
        with england as (select * from staged where organisation_kind = 'national'),
        added as (
            select period_start_date, organisation_kind, weeks_band, service_label,
                sum(waiting_count) as added
            from staged
            where organisation_kind <> 'national'
            group by all
        )
        select added.organisation_kind, count(*), count(*) filter (england.waiting_count <> added.added)
        from england
        join added using (period_start_date, weeks_band, service_label)
        group by 1 order by 1
        """
    ).fetchall() == [("icb", 792, 0), ("provider", 792, 0), ("region", 792, 0)]
    alone = view.sql(
        "select service_label from staged group by 1 having count(distinct organisation_kind) = 1 order by 1"
    ).fetchall()
    assert [label for (label,) in alone] == [
        "(A) Adult safeguarding",
        "(CYP) Looked after children teams",
        "(CYP) Safeguarding",
    ]


def test_bands_fall_short_of_the_total_for_some_providers_and_never_exceed_it(
    view: duckdb.DuckDBPyConnection,
) -> None:
    compared = view.sql(
        """
        with sums as (
            select
                strftime(period_start_date, '%Y-%m') as month, organisation_code, service_label,
                sum(waiting_count) filter (weeks_band = 'total') as total,
                sum(waiting_count) filter (weeks_band <> 'total') as bands
            from staged
            where organisation_kind = 'provider'
            group by all
        )
        select
            month, count(*) filter (total = bands), count(*) filter (total > bands),
            count(*) filter (total < bands or total is null or bands is null),
            count(distinct organisation_code) filter (total > bands), sum(total - bands)
        from sums group by 1 order by 1
        """
    ).fetchall()
    assert compared == [("2025-06", 2108, 14, 0, 6, 2949), ("2025-07", 2100, 10, 0, 6, 2591)]
