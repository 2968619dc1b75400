"""Small workbooks of NHS Staff Survey results: read cell by cell, and refused where they go wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_staff_survey import (
    HEADER,
    NAME,
    Book,
    bytes_of,
    place_of,
    read,
    readable,
    small_book,
    stage,
)

from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land, write_landing
from nof.landing.model import Period, Readable
from nof.landing.opened import open_file
from nof.landing.publications import publication_of
from nof.landing.publications.staff_survey_layout import BASE, RESULTS

DAY = date(2026, 7, 1)
PROMISE, THEMES = RESULTS
NEW_LAYOUT = (
    "This layout is new: it has to be added to the reader before the file can be landed. Do not change the "
    "workbook."
)
AGAIN = "Fetch the workbook again from the results page of the NHS Staff Survey."


@pytest.fixture
def book() -> Book:
    return small_book()


def test_a_small_workbook_cell_by_cell(book: Book) -> None:
    found = readable(book)
    assert (found.file_kind, found.row_count, found.repeated_row_count) == ("staff_survey_results", 6, 0)
    assert found.vintages == (Period("staff_survey_results", "2024"),)
    assert len(found.table.rows) == 3 * 30
    rows = dict(zip(found.table.rows, found.table.row_numbers, strict=True))
    trust = ("2024", "ZZ1", "Invented Trust", "Community Trusts", "Occupation Group")
    sector = ("2024", "ZZ22", "Invented Trust (ambulance sector)", "Ambulance Trusts", "Occupation Group")
    icb = ("2024", "ZX1", "Invented ICB", "ICBs", "Unweighted")
    assert rows[(*trust, "PP1", "We are compassionate and inclusive", "100", "6.625")] == 6
    assert rows[(*trust, "PP3_2", "Raising concerns", "102", "6.5")] == 6
    assert rows[(*sector, "Staff Engagement", "Staff engagement", "100", "6.5")] == 7
    assert rows[(*icb, "M_3", "Stressors", "103", "6.75")] == 8


def moved(book: Book) -> None:
    """Other order of columns and sheets, a row more above the header, spaces, a blank row and a note."""
    for sheet in RESULTS:
        for row in book[sheet]:
            row.extend([""] * (len(book[sheet][HEADER]) - len(row)))
            row[:] = [*row[-6:], *row[4:-6], *row[:4]]
            row[:] = [f"\u00a0{cell} " if isinstance(cell, str) and cell else cell for cell in row]
        book[sheet].insert(1, ["Published in March 2025"])
        book[sheet] += [[], ["Note: scores are out of 10."]]
    sheets = {"THEMES ": book.pop(THEMES), "People Promise elements": book.pop(PROMISE)}
    book.update(sheets)


def test_what_moves_without_a_change_of_meaning_lands_the_same(book: Book) -> None:
    plain = readable(book)
    other = small_book()
    moved(other)
    found = readable(other)
    assert (found.row_count, found.repeated_row_count) == (6, 0)
    assert set(found.table.row_numbers) == {7, 8, 9}

    def cleaned(each: Readable) -> set[tuple[str, ...]]:
        return {tuple(cell.replace("\u00a0", " ").strip() for cell in row) for row in each.table.rows}

    assert cleaned(found) == cleaned(plain)


def test_a_row_there_twice_is_counted_once(book: Book) -> None:
    book[THEMES].append(list(book[THEMES][5]))
    found = readable(book)
    assert (found.row_count, found.repeated_row_count, len(found.table.rows)) == (7, 1, 90)


def test_a_result_that_the_survey_does_not_show_is_staged_as_suppressed(book: Book, tmp_path: Path) -> None:
    place = place_of(book, PROMISE, "PP3_2 - score")
    book[PROMISE][5][place : place + 2] = ["-", "-"]
    book[PROMISE][6][place : place + 2] = ["-", 9]
    (tmp_path / NAME).write_bytes(bytes_of(book))
    with duckdb.connect() as con:
        write_landing(
            con, land(Home(tmp_path / "home"), [tmp_path], today=DAY), framework_id=None, quarter_id=None
        )
        stage(con)
        staged = con.sql(
            "select organisation_code, respondent_count, cast(score as double), is_suppressed from survey "
            "where result_id = 'PP3_2' order by row_number"
        ).fetchall()
    assert staged == [("ZZ1", None, None, True), ("ZZ22", 9, None, True), ("ZX1", 102, 6.5, False)]


def rename(sheet: str, old: str, new: str, row: int = HEADER) -> Callable[[Book], None]:
    def do(book: Book) -> None:
        cells = book[sheet][row]
        cells[cells.index(old)] = new

    return do


def put(sheet: str, row: int, heading: str, *values: Any) -> Callable[[Book], None]:
    def do(book: Book) -> None:
        place = place_of(book, sheet, heading)
        book[sheet][row][place : place + len(values)] = values

    return do


def add_column(book: Book) -> None:
    for number, cell in ((0, "PP8 - We are new"), (HEADER, "PP8 - score"), (5, 7.5)):
        book[PROMISE][number].append(cell)


def take_out_respondents(book: Book) -> None:
    place = place_of(book, THEMES, "E_2 - score") + 1
    for row in book[THEMES]:
        del row[place : place + 1]


def add_average(book: Book) -> None:
    book[THEMES].append(["", "England average", *book[THEMES][5][2:]])


def another_row(book: Book) -> None:
    book[THEMES].append(list(book[THEMES][5]))
    put(THEMES, 8, "M_1 - score", 6.3)(book)


def on_one_sheet_only(book: Book) -> None:
    del book[THEMES][7]


def swap_elements(book: Book) -> None:
    """The figures of the themes exchanged under unchanged headings, in one row."""
    row = book[THEMES][5]
    row[6:8], row[8:10] = row[8:10], row[6:8]


P, T = "on the sheet PEOPLE PROMISE ELEMENTS, ", "on the sheet THEMES, "


@pytest.mark.parametrize(
    ("spoil", "problems"),
    [
        (
            lambda book: book.pop(THEMES),
            [
                f"{NAME}: the sheet THEMES is missing from these results of the NHS Staff Survey. Fetch the "
                "organisational results again from the results page of the NHS Staff Survey; if it is "
                "missing there, the layout is new and has to be added to the reader."
            ],
        ),
        (
            rename(THEMES, "ODS code", "Code"),
            [f"{NAME}: {T}no row of the first 30 has the heading ODS code. {NEW_LAYOUT}"],
        ),
        (
            rename(PROMISE, "PP3_2 - score", "PP3_2 - mean"),
            [
                f"{NAME}, row 5, column PP3_2 - mean, value 'PP3_2 - mean': {P}this column is none that the "
                f"sheet is known to have. {NEW_LAYOUT}",
                f"{NAME}, row 5, column {BASE}, value '{BASE}': {P}no score stands to the left of these "
                f"respondents. {NEW_LAYOUT}",
                f"{NAME}, row 5, column PP3_2 - score: {P}this column is missing. {NEW_LAYOUT}",
            ],
        ),
        (
            add_column,
            [
                f"{NAME}, row 5, column PP8 - score, value 'PP8 - score': {P}this score is none that the "
                f"sheet is known to have. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(PROMISE, "ICS", "ICB"),
            [
                f"{NAME}, row 5, column ICB, value 'ICB': {P}this column is none that the sheet is known to "
                f"have. {NEW_LAYOUT}",
                f"{NAME}, row 5, column ICS: {P}this column is missing. {NEW_LAYOUT}",
            ],
        ),
        (
            take_out_respondents,
            [
                f"{NAME}, row 5, column E_2 - score, value 'E_2 - score': {T}the column to the right of this "
                f"score is not {BASE}. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(THEMES, "E_2 - score", "E_1 - score"),
            [
                f"{NAME}, row 5, column E_1 - score, value 'E_1 - score': {T}this heading is there twice. "
                f"{NEW_LAYOUT}",
                f"{NAME}, row 5, column E_2 - score: {T}this column is missing. {NEW_LAYOUT}",
                f"{NAME}, row 1, column E_1 - score, value 'E_2 - Involvement': {T}above this score stands "
                "something else than 'E_1 - Motivation'. See in the survey's technical guide whether it is "
                f"the same result. {NEW_LAYOUT}",
            ],
        ),
        (
            rename(PROMISE, "PP3_2 - Raising concerns", "PP3_2 - Speaking up", row=0),
            [
                f"{NAME}, row 1, column PP3_2 - score, value 'PP3_2 - Speaking up': {P}above this score "
                "stands something else than 'PP3_2 - Raising concerns'. See in the survey's technical guide "
                f"whether it is the same result. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(
                THEMES,
                "NHS Staff Survey 2024 - WEIGHTED Results",
                "NHS Staff Survey 2024 - UNWEIGHTED Results",
                row=0,
            ),
            [
                f"{NAME}, row 1, value 'NHS Staff Survey 2024 - UNWEIGHTED Results': {T}the results are not "
                "the weighted ones, with which the framework's values are made. Fetch the weighted "
                "organisational results from the results page of the NHS Staff Survey."
            ],
        ),
        (
            rename(THEMES, "NHS Staff Survey 2024 - WEIGHTED Results", "Staff survey", row=0),
            [
                f"{NAME}: {T}no title above the header says the survey year (NHS Staff Survey 2024 - "
                f"WEIGHTED Results). {AGAIN}"
            ],
        ),
        (
            rename(
                THEMES,
                "NHS Staff Survey 2024 - WEIGHTED Results",
                "NHS Staff Survey 2023 - WEIGHTED Results",
                row=0,
            ),
            [
                f"{NAME}: the titles of the sheets are of two survey years: PEOPLE PROMISE ELEMENTS 2024 and "
                "THEMES 2023. Fetch the organisational results again from the results page of the NHS Staff "
                "Survey."
            ],
        ),
        (
            add_average,
            [
                f"{NAME}, row 9, column ODS code, value '': {T}this is no ODS code, so the row is of no "
                "organisation. If it is a total or an average, its row is new and has to be added to the "
                "reader.",
            ],
        ),
        (
            put(PROMISE, 5, "Weighting", "Region"),
            [
                f"{NAME}, row 6, column Weighting, value 'Region': {P}this weighting is none that is known: "
                "Occupation Group, Unweighted. Results of another weighting do not compare with the others: "
                "it has to be added to the reader.",
                f"{NAME}, row 6, column ODS code, value 'Invented Trust, Community Trusts, Occupation "
                f"Group': {T}name, benchmarking group or weighting differ from row 6 of the sheet PEOPLE "
                f"PROMISE ELEMENTS. {AGAIN.replace('workbook', 'organisational results')}",
            ],
        ),
        (
            put(PROMISE, 6, "PP2 - score", 65.0),
            [
                f"{NAME}, row 7, column PP2 - score, value '65': {P}a score is out of 10, and this is not. "
                f"{AGAIN}"
            ],
        ),
        (
            put(PROMISE, 6, "PP2 - score", "6,5", 99.5),
            [
                f"{NAME}, row 7, column PP2 - score, value '6,5': {P}this number has a comma where its "
                f"decimal point belongs. {AGAIN}",
                f"{NAME}, row 7, column {BASE} of PP2, value '99.5': {P}respondents are counted in whole "
                f"numbers from 0. {AGAIN}",
            ],
        ),
        (
            put(PROMISE, 7, "PP2 - score", ""),
            [f"{NAME}, row 8, column PP2 - score, value '': {P}the number is missing. {AGAIN}"],
        ),
        (
            put(PROMISE, 7, "PP2 - score", 6.1, 9),
            [
                f"{NAME}, row 8, column {BASE} of PP2, value '9': {P}a score is shown of fewer than 10 "
                f"respondents or of an unknown number, and the survey shows none of these. {AGAIN}"
            ],
        ),
        (
            swap_elements,
            [
                f"{NAME}, row 6, column Staff Engagement - score, value '6.25': {T}this score lies more than "
                "0.1 from 6.583, the average of its sub-scores: columns may have been moved. "
                f"{AGAIN}"
            ],
        ),
        (
            another_row,
            [
                f"{NAME}, row 9, column ODS code, value 'ZZ1': {T}this organisation stands in row 6 too, and "
                f"the two rows differ. {AGAIN}"
            ],
        ),
        (
            on_one_sheet_only,
            [
                f"{NAME}, row 8, column ODS code, value 'ZX1': {P}this organisation is not on the sheet "
                f"THEMES. {AGAIN.replace('workbook', 'organisational results')}"
            ],
        ),
    ],
)
def test_what_is_wrong_is_refused_with_place_and_remedy(
    book: Book, spoil: Callable[[Book], None], problems: list[str]
) -> None:
    spoil(book)
    assert read(book) == problems


def test_all_that_is_wrong_is_told_not_only_the_first(book: Book) -> None:
    put(PROMISE, 6, "PP2 - score", 65.0)(book)
    put(THEMES, 7, "E_1 - score", "six")(book)
    rename(THEMES, "Invented ICB", "Another ICB", row=7)(book)
    found = read(book)
    assert isinstance(found, list)
    assert [problem.split(":")[0] for problem in found] == [
        f"{NAME}, row 7, column PP2 - score, value '65'",
        f"{NAME}, row 8, column E_1 - score, value 'six'",
        f"{NAME}, row 8, column ODS code, value 'Another ICB, ICBs, Unweighted'",
    ]


def test_two_workbooks_of_one_survey_year_are_refused(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(bytes_of(book))
    put(PROMISE, 6, "PP2 - score", 6.6)(book)
    (tmp_path / "b.xlsx").write_bytes(bytes_of(book))
    with pytest.raises(InputRefused, match=r"this file and b\.xlsx both supply staff survey results of 2024"):
        land(Home(tmp_path / "home"), [tmp_path], today=DAY)


def test_another_workbook_is_not_taken_for_a_staff_survey(book: Book) -> None:
    for sheet in RESULTS:
        book[f"{sheet} too"] = book.pop(sheet)
    assert publication_of(open_file(bytes_of(book))) is None
