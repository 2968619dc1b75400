"""The cancer waiting times extract: the real ones whole, and how such a workbook goes wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness_cancer import (
    ALL,
    ALL_CANCERS,
    FDS,
    SHEET,
    URGENT,
    VALID,
    book,
    changed,
    row,
)
from harness_sources import problems, published, readable, staged, workbook

from nof.errors import Problem
from nof.landing.model import Readable


@pytest.fixture(scope="module")
def files(data_dir: Path) -> list[Readable]:
    return published(data_dir / "sources" / "cancer_waiting_times", "xlsx")


@pytest.fixture(scope="module")
def months(files: list[Readable]) -> duckdb.DuckDBPyConnection:
    return staged("stg_nhse__cancer_waits", files)


def test_the_real_files_have_these_rows_and_months(
    files: list[Readable], months: duckdb.DuckDBPyConnection
) -> None:
    assert [(file.file_kind, file.row_count, file.repeated_row_count) for file in files] == [
        ("cancer_waits", 41_013, 0),
        ("cancer_waits", 61_649, 0),
    ]
    assert months.sql(
        "select strftime(period_start_date, '%Y-%m'), count(*), count(distinct organisation_code) "
        "from staged group by 1 order by 1"
    ).fetchall() == [
        ("2024-10", 10_378, 146), ("2024-11", 10_349, 146), ("2024-12", 10_252, 149),
        ("2025-01", 10_246, 145), ("2025-02", 10_221, 147), ("2025-03", 10_203, 148),
        ("2025-04", 10_177, 146), ("2025-05", 10_230, 147), ("2025-06", 10_291, 148),
        ("2025-07", 10_315, 145),
    ]  # fmt: skip


def test_rows_of_the_real_files_cell_by_cell(files: list[Readable]) -> None:
    later, earlier = (file.table for file in files)
    assert (later.row_numbers[0], later.row_numbers[-1]) == (2, 41_014)
    assert later.rows[0] == (
        *("2025-04", FDS, "R0A", "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED", ""),
        "Exhibited (non-cancer) breast symptoms - cancer not initially suspected",
        *("276", "266", "10"),
    )
    assert later.rows[-1][2:] == (
        *("S3H9L", "Urgent Suspected Cancer", "Surgery", ALL_CANCERS),
        *("3.5", "1.5", "2"),
    )
    assert earlier.rows[-1][:3] == ("2025-03", "62-day Combined", "RYR")


def test_both_breakdowns_of_the_real_files_count_the_same_patients(months: duckdb.DuckDBPyConnection) -> None:
    """The only totals that the extract holds: by cancer type and by modality, each provider and month."""
    agreeing, all_groups = months.sql(
        """
        with sums as (
            select
                period_start_date, standard_label, organisation_code, stage_or_route_label, breakdown_id,
                sum(total_count) as total, sum(within_standard_count) as in_time,
                sum(breach_count) as breaches
            from staged
            where standard_label <> '28-day FDS'
            group by all
        )
        select
            count(*) filter (
                (one.total, one.in_time, one.breaches) = (other.total, other.in_time, other.breaches)
            ),
            count(*)
        from (from sums where breakdown_id = 'cancer_type') as one
        full join (from sums where breakdown_id = 'treatment_modality') as other
            using (period_start_date, standard_label, organisation_code, stage_or_route_label)
        """
    ).fetchone()
    assert agreeing == all_groups == 1378 + 1337 + 580 + 1257 + 1385 + 1408


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2025-04", {FDS: "76.7", "31-day Combined": "91.3", "62-day Combined": "69.9"}),
        ("2025-07", {FDS: "76.6", "31-day Combined": "92.4", "62-day Combined": "69.2"}),
    ],
)
def test_england_is_what_nhs_england_announced(
    months: duckdb.DuckDBPyConnection, month: str, expected: dict[str, str]
) -> None:
    """The extract has no row of England; the sum over the providers gives the percentages announced."""
    found = months.execute(
        "select standard_label, "
        "cast(100 * sum(within_standard_count) / sum(total_count) as decimal(18, 1)) from staged "
        "where breakdown_id = 'cancer_type' and strftime(period_start_date, '%Y-%m') = ? group by 1",
        [month],
    ).fetchall()
    assert {standard: str(percentage) for standard, percentage in found} == expected


def test_every_patient_is_counted_whole_but_one_half(months: duckdb.DuckDBPyConnection) -> None:
    """The other half of one patient in March 2025 is with a provider that the extract does not have."""
    assert months.sql(
        "select period_start_date, stage_or_route_label, sum(total_count) from staged "
        "where standard_label = '62-day Combined' and breakdown_id = 'cancer_type' group by all "
        "having sum(total_count) % 1 <> 0"
    ).fetchall() == [(date(2025, 3, 1), "Urgent Suspected Cancer", Decimal("15707.5"))]
    assert months.sql("select distinct standard_label from staged where total_count % 1 <> 0").fetchall() == [
        ("62-day Combined",)
    ]


def test_a_quarter_of_a_trust(months: duckdb.DuckDBPyConnection) -> None:
    """University Hospitals Bristol and Weston, April to June 2025."""
    assert months.sql(
        "select standard_label, sum(total_count), sum(within_standard_count) from staged "
        "where organisation_code = 'RA7' and breakdown_id = 'cancer_type' "
        "and period_start_date between date '2025-04-01' and date '2025-06-01' group by 1 order by 1"
    ).fetchall() == [
        (FDS, Decimal("6331.0"), Decimal("4963.0")),
        ("31-day Combined", Decimal("2482.0"), Decimal("2406.0")),
        ("62-day Combined", Decimal("735.0"), Decimal("560.5")),
    ]


def test_a_small_file_reads_cell_by_cell() -> None:
    file = readable("any name.xlsx", book(VALID))
    assert (file.file_kind, file.row_count, file.table.row_numbers) == (
        "cancer_waits",
        8,
        tuple(range(2, 10)),
    )
    assert [tuple(each) for each in file.vintages] == [("cancer_waits", "2025-04")]
    assert file.table.rows[0] == (
        "2025-04",
        FDS,
        "ZZ1",
        URGENT,
        "",
        "Suspected skin cancer",
        "100",
        "90",
        "10",
    )
    assert file.table.rows[2] == (
        *("2025-04", "62-day Combined", "ZZ1", "Screening", ALL, "Breast", "6.5", "4.5", "2"),
    )


def test_titles_other_sheets_blank_rows_and_empty_columns_are_no_fault() -> None:
    rows = [["Cancer waiting times"], [], *([*cells, None, ""] for cells in VALID), [None], [" "]]
    content = workbook({"Notes": [["About CWT"]], f" {SHEET.lower()} ": rows})
    file = readable("cwt.xlsx", content)
    assert file.table.rows == readable("cwt.xlsx", book(VALID)).table.rows
    assert file.table.row_numbers == tuple(range(4, 12))


def test_columns_in_another_order_and_words_with_spaces_are_the_same() -> None:
    rows = [list(reversed(cells)) for cells in VALID]
    rows[0] = [f" {heading.title()} " for heading in rows[0]]
    assert readable("cwt.xlsx", book(rows)).table == readable("cwt.xlsx", book(VALID)).table


def test_a_row_that_is_there_twice_is_counted_once() -> None:
    file = readable("cwt.xlsx", book([*VALID, VALID[3]]))
    assert (file.row_count, file.repeated_row_count, file.table.row_numbers[-1]) == (9, 1, 9)


# What went wrong: the file, the row and the column told, the value repeated, and a part of the message.
Fault = tuple[bytes, int | None, str | None, str | None, str]
MODALITY, TYPE, TOTAL = "TREATMENT MODALITY", "CANCER TYPE", "TOTAL TREATED"
FAULTS: dict[str, Fault] = {
    "a row by cancer type is lost": (
        book([*VALID[:4], *VALID[5:]]), 4, TOTAL, None,
        "ZZ1, 2025-04, 62-day Combined, Screening: the rows by cancer type (ALL MODALITIES) add up to 6.5 "
        "and those by modality (ALL CANCERS) to 7.5",
    ),
    "all rows by modality are lost": (book(VALID[:-1]), 8, "WITHIN STANDARD", None, "add up to 12 and"),
    "a total that is not its parts": (
        changed((2, TOTAL, 101)), 2, TOTAL, "101", "90 within the standard and 10 breaches make 100",
    ),
    "a half where none can be": (changed((2, "BREACHES", 10.5)), 2, "BREACHES", "10.5", "must be whole"),
    "a third": (changed((4, "BREACHES", 0.3)), 4, "BREACHES", "0.3", "a whole number or a half"),
    "below nought": (changed((2, "BREACHES", -10)), 2, "BREACHES", "-10", "negative"),
    "a figure is left out": (changed((3, "BREACHES", "*")), 3, "BREACHES", "*", "stands for no value"),
    "a figure is missing": (changed((3, "BREACHES", None)), 3, "BREACHES", "", "the number is missing"),
    "a new standard": (changed((2, "STANDARD", "2-week wait")), 2, "STANDARD", "2-week wait", "none of"),
    "a new route": (changed((2, "STAGE/ROUTE", "Other")), 2, "STAGE/ROUTE", "Other", "no stage or route of"),
    "a new modality": (changed((6, MODALITY, "Robots")), 6, MODALITY, "Robots", "no modality of 62-day"),
    "a modality where nobody is treated": (changed((2, MODALITY, ALL)), 2, MODALITY, ALL, "it is empty"),
    "a row of all cancers among their types": (
        changed((2, TYPE, ALL_CANCERS)), 2, TYPE, ALL_CANCERS, "would be counted beside its parts",
    ),
    "a row of all of all": (changed((4, TYPE, ALL_CANCERS)), 4, TYPE, ALL_CANCERS, "counted beside"),
    "modality by cancer type": (changed((6, TYPE, "Lung")), 6, TYPE, "Lung", "one modality counts ALL"),
    "a row of England": (changed((2, "ORG CODE", "TOTAL")), 2, "ORG CODE", "TOTAL", "all providers"),
    "a code is rewritten": (changed((2, "ORG CODE", "zz1")), 2, "ORG CODE", "zz1", "not the code"),
    "the month does not fit": (changed((2, "MONTH", "MAY")), 2, "MONTH", "MAY", "of which it would be APR"),
    "the year does not fit": (changed((2, "YEAR", "2024/25")), 2, "YEAR", "2024/25", "would be 2025/26"),
    "no first day of a month": (
        changed((2, "PERIOD", date(2025, 4, 2))), 2, "PERIOD", "2025-04-02", "not the first day of a month",
    ),
    "a month as text": (changed((2, "PERIOD", "Apr-25")), 2, "PERIOD", "Apr-25", "not the first day"),
    "a row is there twice and differs": (
        book([*VALID, row(FDS, "ZZ1", URGENT, "", "Suspected lung cancer", 7, 4)]),
        10, TOTAL, "11", "rows 3 and 10 count the same",
    ),
    "a note stands below": (book([*VALID, ["(a) Other"]]), 10, None, "(a) Other", "a note or a total"),
    "a column is renamed": (changed((1, TOTAL, "TOTAL SEEN")), 1, "TOTAL SEEN", "TOTAL SEEN", "may be what"),
    "a column is missing": (book([cells[:-1] for cells in VALID]), 1, "BREACHES", None, "is missing"),
    "a column is new": (
        book([[*VALID[0], "ICB"], *([*cells, "QMJ"] for cells in VALID[1:])]), 1, "ICB", "ICB", "not known",
    ),
    "another extract": (
        book(VALID, "CWT CRS Commissioner Extract"),
        None, None, "CWT CRS Commissioner Extract", "must be the provider",
    ),
    "no header": (book(VALID[1:]), None, None, None, "is the header of the extract"),
    "nothing below the header": (book(VALID[:1]), None, None, None, "no rows"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_went_wrong_is_refused_where_it_did(name: str) -> None:
    content, *told, said = FAULTS[name]
    found = problems(content, "cwt.xlsx")
    assert any([each.row, each.column, each.value] == told and said in each.message for each in found), [
        str(each) for each in found
    ]
    assert all(each.file == "cwt.xlsx" and each.remedy for each in found)


def only(content: bytes) -> Problem:
    (found,) = problems(content, "cwt.xlsx")
    return found


def test_a_refusal_says_where_what_and_what_to_do() -> None:
    assert str(only(changed((2, TOTAL, 101)))) == (
        "cwt.xlsx, row 2, column TOTAL TREATED, value '101': 90 within the standard and 10 breaches make "
        "100. Fetch the file again; if it is published so, ask NHS England which figure is right."
    )


def test_every_problem_is_told_at_once() -> None:
    found = problems(changed((2, "MONTH", "MAY"), (3, "BREACHES", "*"), (9, "ORG CODE", "zz")), "cwt.xlsx")
    assert [(each.row, each.column) for each in found] == [(2, "MONTH"), (3, "BREACHES"), (9, "ORG CODE")]


def test_a_cell_far_from_the_table_is_refused_before_room_is_made_for_all_between() -> None:
    """Five kilobytes that would ask for half a terabyte, and end the whole process."""
    import io

    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book(VALID)))
    opened[SHEET].cell(1_048_576, 16_384, 1)
    content = io.BytesIO()
    opened.save(content)
    found = only(content.getvalue())
    assert "spans 1,048,576 rows and 16,384 columns, and 10,000,000 cells are the most" in found.message
