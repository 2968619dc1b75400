"""The monthly A&E files: the real ones whole, and how such a file goes wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness_sources import problems, published, readable, staged

from nof.errors import InputRefused, Problem
from nof.home import Home
from nof.landing import land, register_new_files, write_landing
from nof.landing.model import Readable
from nof.landing.publications.accident_and_emergency import COLUMNS

HEADINGS = list(COLUMNS)
COUNTS = list(COLUMNS)[4:]
TOTAL = ["TOTAL"] * 4


def row(code: str, *counts: int, name: str = "INVENTED", period: str = "MSitAE-JUNE-2024") -> list[str]:
    """One row: the counts from the first column on, noughts to the end."""
    figures = [*counts, *[0] * (len(COUNTS) - len(counts))]
    return [period, code, "NHS ENGLAND LONDON", name, *map(str, figures)]


def total(*rows: list[str]) -> list[str]:
    return [*TOTAL, *(str(sum(int(each[place]) for each in rows)) for place in range(4, len(HEADINGS)))]


ONE = row("ZZ1", 100, 20, 30, 4, 0, 8, 40, 2, 3, 1, 0, 0, 9, 5, 25, 1, 0, 12)
TWO = row("ZZ2A4", 0, 0, 50, name='"WALK-IN, NORTH"'.strip('"'))
SIX = row("Y00751")
VALID = [HEADINGS, ONE, TWO, SIX, total(ONE, TWO, SIX)]


def text(rows: list[list[str]], end: str = "\n") -> bytes:
    return "".join(
        ",".join(f'"{cell}"' if "," in cell else cell for cell in cells) + end for cells in rows
    ).encode()


def changed(*edits: tuple[int, str, str], rows: list[list[str]] = VALID) -> bytes:
    """The valid file with some cells changed, each by its spreadsheet row and heading."""
    copy = [list(cells) for cells in rows]
    for number, heading, value in edits:
        copy[number - 1][HEADINGS.index(heading)] = value
    return text(copy)


def only(content: bytes) -> Problem:
    (found,) = problems(content, "ae.csv")
    assert found.file == "ae.csv" and found.remedy
    return found


@pytest.fixture(scope="module")
def files(data_dir: Path) -> list[Readable]:
    return published(data_dir / "sources" / "accident_and_emergency", "csv")


@pytest.fixture(scope="module")
def months(files: list[Readable]) -> duckdb.DuckDBPyConnection:
    return staged("stg_nhse__ae_attendances", files)


def test_the_real_files_have_these_months_and_rows(files: list[Readable]) -> None:
    assert {file.file_kind for file in files} == {"ae_attendances"}
    assert sum(file.repeated_row_count for file in files) == 0
    assert sorted((file.vintages[0].period, file.row_count) for file in files) == [
        ("2024-06", 197), ("2024-07", 198), ("2024-08", 198), ("2024-09", 197), ("2024-10", 198),
        ("2024-11", 198), ("2024-12", 198), ("2025-01", 198), ("2025-02", 198), ("2025-03", 198),
        ("2025-04", 198), ("2025-05", 200), ("2025-06", 201), ("2025-07", 201), ("2026-05", 192),
    ]  # fmt: skip
    assert all(len(file.vintages) == 1 for file in files)


def test_every_total_row_of_the_real_files_is_the_sum_of_staging(
    months: duckdb.DuckDBPyConnection, data_dir: Path
) -> None:
    """The TOTAL rows, read here without the reader, against sums over the staging model."""
    sums = ", ".join(f"sum({name}_count)" for name in list(COLUMNS.values())[4:])
    made = {
        month: figures
        for month, *figures in months.sql(
            f"select strftime(period_start_date, '%Y-%m'), {sums} from staged group by 1"
        ).fetchall()
    }
    agreeing = 0
    for path in (data_dir / "sources" / "accident_and_emergency").glob("*.csv"):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        stated = [int(cell) for cell in lines[-1].split(",")[4:22]]
        _, name, year = lines[1].split(",")[0].split("-")
        month = f"{year}-{'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'.index(name[:3]) // 3 + 1:02}"
        assert stated == made[month], path.name
        agreeing += len(stated)
    assert agreeing == 15 * 18


def test_england_in_june_2024_is_what_nhs_england_announced(months: duckdb.DuckDBPyConnection) -> None:
    """Over 2.29 million attendances, 74.6% within 4 hours, 536,884 admissions, 128,114 waits over 4 hours."""
    attended, within, without_booked, admitted, waited, waited_12 = months.sql(
        """
        with june as (from staged where period_start_date = date '2024-06-01'),
        sums as (
            select
                sum(attendances_type_1_count + attendances_type_2_count + attendances_other_count)
                    as walked_in,
                sum(booked_type_1_count + booked_type_2_count + booked_other_count) as booked,
                sum(over_4_hours_type_1_count + over_4_hours_type_2_count + over_4_hours_other_count)
                    as over_4,
                sum(
                    booked_over_4_hours_type_1_count + booked_over_4_hours_type_2_count
                    + booked_over_4_hours_other_count
                ) as booked_over_4,
                sum(
                    admissions_type_1_count + admissions_type_2_count + admissions_other_count
                    + other_admissions_count
                ) as admitted,
                sum(waited_4_to_12_hours_from_decision_count) as waited_4,
                sum(waited_over_12_hours_from_decision_count) as waited_12
            from june
        )
        select
            walked_in + booked,
            cast(100.0 * (1 - (over_4 + booked_over_4) / (walked_in + booked)) as decimal(4, 1)),
            cast(100.0 * (1 - over_4 / walked_in) as decimal(4, 1)),
            admitted,
            waited_4 + waited_12,
            waited_12
        from sums
        """
    ).fetchone()
    assert (attended, within, admitted, waited, waited_12) == (
        2294065, Decimal("74.6"), 536884, 128114, 38106,
    )  # fmt: skip
    # Without the booked appointments it would be another figure.
    assert without_booked == Decimal("74.1")


def test_a_row_of_a_real_file_cell_by_cell(months: duckdb.DuckDBPyConnection) -> None:
    cells = months.sql(
        "select * exclude (file_id) from staged "
        "where organisation_code = 'RWW' and period_start_date = date '2025-07-01'"
    ).fetchone()
    assert cells is not None
    number, _, code, name, region, *figures = cells
    assert (number, code, region) == (202, "RWW", "NHS ENGLAND NORTH WEST")
    assert name == "WARRINGTON AND HALTON TEACHING HOSPITALS NHS FOUNDATION TRUST"
    assert figures == [7341, 0, 3278, 288, 0, 38, 3915, 0, 96, 114, 0, 1, 942, 600, 1895, 0, 0, 120]


def test_a_quarter_of_a_trust_is_the_sum_of_three_months(months: duckdb.DuckDBPyConnection) -> None:
    """Royal Berkshire, April to June 2025, added by hand: 16083 + 17318 + 17532 attendances, and so on."""
    whole, part = (
        " + ".join(f"{name}_count" for name in list(COLUMNS.values())[start : start + 6]) for start in (4, 10)
    )
    assert months.sql(
        f"select sum({whole}), sum({part}), sum(waited_over_12_hours_from_decision_count) from staged "
        "where organisation_code = 'RHW' "
        "and period_start_date between date '2025-04-01' and date '2025-06-01'"
    ).fetchall() == [(16083 + 17318 + 17532, 4620 + 4995 + 4353, 25 + 31 + 5)]


def test_booked_attendances_are_no_part_of_the_others(months: duckdb.DuckDBPyConnection) -> None:
    """In every month some organisations have more booked attendances than others, or none but booked."""
    counted = months.sql(
        "select count(distinct period_start_date), count(*) from staged "
        "where booked_other_count > attendances_other_count"
    ).fetchone()
    assert counted == (15, 155)


def test_a_small_file_reads_cell_by_cell() -> None:
    for content in (text(VALID), b"\xef\xbb\xbf" + text(VALID, "\r\n")):
        file = readable("any-name.csv", content)
        assert (file.file_kind, file.row_count, file.table.row_numbers) == ("ae_attendances", 3, (2, 3, 4))
        assert [tuple(each) for each in file.vintages] == [("ae_attendances", "2024-06")]
        assert file.table.rows[0] == ("2024-06", *ONE[1:])
        assert file.table.rows[1][3] == "WALK-IN, NORTH"


def test_what_the_published_files_do_is_no_fault() -> None:
    """Total in small letters or with a space, a space behind a region, empty columns to the right."""
    rows = [list(cells) for cells in VALID]
    rows[-1][:4] = ["Total", "Total ", "Total", "TOTAL "]
    rows[1][2] += " "
    rows = [[*cells, "", "a" if place == 0 else ""] for place, cells in enumerate(rows)]
    assert readable("ae.csv", text(rows)).table.rows[0] == ("2024-06", ONE[1], f"{ONE[2]} ", *ONE[3:])


def test_headings_in_another_order_or_in_capitals_are_the_same() -> None:
    rows = [list(reversed(cells)) for cells in VALID]
    rows[0] = [f" {heading.upper()} " for heading in rows[0]]
    assert readable("ae.csv", text(rows)).table == readable("ae.csv", text(VALID)).table


def test_a_row_that_is_there_twice_is_counted_once() -> None:
    file = readable("ae.csv", text([HEADINGS, ONE, TWO, ONE, total(ONE, TWO)]))
    assert (file.row_count, file.repeated_row_count, file.table.row_numbers) == (3, 1, (2, 3))


# What went wrong: the file, the row and the column told, the value repeated, and a part of the message.
Fault = tuple[bytes, int | None, str | None, str | None, str]
FAULTS: dict[str, Fault] = {
    "a row is lost": (
        text([HEADINGS, ONE, SIX, total(ONE, TWO, SIX)]), 4, COUNTS[2], "80", "add up to 30 (50 less)",
    ),
    "a figure is changed": (changed((3, COUNTS[2], "51")), 5, COUNTS[2], "80", "add up to 81 (1 more)"),
    "the last row is lost": (text(VALID[:-1]), None, None, None, "no TOTAL row"),
    "the file is cut short": (text(VALID)[:-12], 5, None, text(VALID[-1:])[:-12].decode()[:80], "cut short"),
    "nothing is below the header": (text([HEADINGS]), None, None, None, "no rows"),
    "a figure is left out": (changed((2, COUNTS[1], "*")), 2, COUNTS[1], "*", "stands for no value"),
    "a separator": (changed((2, COUNTS[0], "1,100")), 2, COUNTS[0], "1,100", "thousands separators"),
    "below nought": (changed((3, COUNTS[3], "-1")), 3, COUNTS[3], "-1", "negative"),
    "no whole number": (changed((3, COUNTS[3], "0.5")), 3, COUNTS[3], "0.5", "must be whole"),
    "more over four hours than attended": (
        changed((2, COUNTS[6], "101"), (5, COUNTS[6], "101")), 2, COUNTS[6], "101", "were over 4 hours than",
    ),
    "a column is renamed": (
        changed((1, COUNTS[0], "A&E attendances major")),
        1, "A&E attendances major", "A&E attendances major", "it may be what A&E attendances Type 1 was",
    ),
    "a column is new": (
        text([[*VALID[0], "Corridor care"], *([*cells, "3"] for cells in VALID[1:])]),
        1, "Corridor care", "Corridor care", "is not known, and is filled from row 2 on",
    ),
    "a column is missing": (text([cells[:-1] for cells in VALID]), 1, COUNTS[-1], None, "is missing"),
    "a column is there twice": (text([[*cells, cells[4]] for cells in VALID]), 1, COUNTS[0], None, "twice"),
    "an organisation is there twice": (
        text([*VALID[:3], [*ONE[:4], "99", *ONE[5:]], *VALID[3:]]), 4, COUNTS[0], "99", "row 2 has '100'",
    ),
    "two months": (changed((3, "Period", "MSitAE-JULY-2024")), 3, "Period", "2024-07", "is of 2024-06"),
    "another way to write months": (changed((2, "Period", "Jun-24")), 2, "Period", "Jun-24", "no month"),
    "a code is rewritten": (changed((2, "Org Code", "ZZ 1")), 2, "Org Code", "ZZ 1", "not the code"),
    "a region is missing": (changed((2, "Parent Org", "")), 2, "Parent Org", "", "is empty"),
    "a formula": (changed((2, "Org name", "=cmd()")), 2, "Org name", "=cmd()", "begins as a formula does"),
    "a title stands above": (text([["Monthly A&E"], [], *VALID]), 3, None, None, "not in row 1 but in row 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_went_wrong_is_refused_where_it_did(name: str) -> None:
    content, *told, said = FAULTS[name]
    found = problems(content, "ae.csv")
    assert any([each.row, each.column, each.value] == told and said in each.message for each in found), [
        str(each) for each in found
    ]
    assert all(each.file == "ae.csv" and each.remedy for each in found)


def test_a_refusal_says_where_what_and_what_to_do() -> None:
    assert str(only(changed((3, COUNTS[2], "51")))) == (
        "ae.csv, row 5, column A&E attendances Other A&E Department, value '80': the TOTAL row does not "
        "agree with the 3 organisations, which add up to 81 (1 more). Fetch the file again: rows may be lost "
        "or changed. If it is published so, ask NHS England."
    )


def test_every_problem_is_told_at_once() -> None:
    found = problems(changed((2, COUNTS[1], "*"), (3, "Org Code", "zz2a4"), (4, "Period", "June")), "ae.csv")
    assert [(each.row, each.column) for each in found] == [(2, COUNTS[1]), (3, "Org Code"), (4, "Period")]


def test_a_person_in_a_name_is_refused_and_not_repeated() -> None:
    found = only(changed((2, "Org name", "ask a.person@example.org")))
    assert (found.row, found.column) == (2, "Org name") and "example" not in str(found)


def test_a_revised_file_is_later_within_a_run_and_counts_from_the_run_that_lands_it(tmp_path: Path) -> None:
    revised = [HEADINGS, [*ONE[:4], "90", *ONE[5:]], TWO, SIX]
    revised.append(total(*revised[1:]))
    for folder, name, rows in (("first", "AE-June.csv", VALID), ("second", "AE-June-revised.csv", revised)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(text(rows))
    home = Home(tmp_path / "home")
    together = land(home, [tmp_path / "first", tmp_path / "second"], today=date(2026, 7, 1))
    assert [file.file_name for file in together.files] == ["AE-June.csv", "AE-June-revised.csv"]
    assert set(together.vintages.values()) == {together.files[1].file_id}
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "AE-June-again.csv").write_bytes(text(revised))
    with pytest.raises(InputRefused, match="both supply ae attendances of 2024-06"):
        land(home, [tmp_path / "first", tmp_path / "third"], today=date(2026, 7, 1))

    first = land(home, [tmp_path / "first"], today=date(2026, 7, 1))
    register_new_files(home, first)
    both = land(home, [tmp_path / "second"], today=date(2026, 7, 2))
    with duckdb.connect() as con:
        write_landing(con, both, framework_id=None, quarter_id=None)
        assert con.sql(
            "select is_current_vintage, attendances_type_1 from landing.ae_attendances "
            "where organisation_code = 'ZZ1' order by 1"
        ).fetchall() == [("false", "100"), ("true", "90")]
