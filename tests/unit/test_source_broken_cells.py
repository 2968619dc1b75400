"""Cells of a workbook that look empty to whoever reads it: an error, or a formula without its result."""

from copy import deepcopy

import pytest
from harness_cancer import HEADINGS, SHEET, VALID, book, changed
from harness_sources import problems
from harness_staff_survey import bytes_of, place_of, read, small_book

from nof.landing.opened import open_file
from nof.landing.publications.broken_cells import BrokenCell, find_broken_cells

FILE = "file"
PROMISE, THEMES = "PEOPLE PROMISE ELEMENTS", "THEMES"
ERROR = "this is an error of a spreadsheet: a formula could not be worked out."
FORMULA = "this is a formula, and its result belongs here."
AGAIN = "Fetch the workbook again from where it is published, and do not save it anew."


def said(content: bytes) -> list[str]:
    return [str(each) for each in problems(content, FILE)]


@pytest.mark.parametrize(
    ("heading", "value", "address", "shown", "why"),
    [
        ("BREACHES", "#DIV/0!", "K3", "#DIV/0!", ERROR),
        ("TOTAL TREATED", "=J3+K3", "I3", "=", FORMULA),
        ("ORG CODE", "#N/A", "E3", "#N/A", ERROR),
        # Read as an empty cell it would be what the 28-day standard has there.
        ("TREATMENT MODALITY", "#REF!", "G3", "#REF!", ERROR),
    ],
)
def test_a_broken_cell_of_the_cancer_extract_is_told_where_it_is_and_once(
    heading: str, value: str, address: str, shown: str, why: str
) -> None:
    assert said(changed((3, heading, value))) == [
        f"{FILE}, row 3, column {heading}, value '{shown}': sheet {SHEET}, cell {address}: {why} {AGAIN}"
    ]


def test_all_broken_cells_of_the_cancer_extract_are_told_wherever_its_columns_stand() -> None:
    order = [HEADINGS.index(each) for each in reversed(HEADINGS)]
    rows = [["Cancer waiting times"], *([cells[place] for place in order] for cells in deepcopy(VALID))]
    rows[3][0], rows[4][1] = "#VALUE!", "=1+1"
    assert [(each.row, each.column, each.value) for each in problems(book(rows))] == [
        (4, "BREACHES", "#VALUE!"),
        (5, "WITHIN STANDARD", "="),
    ]


def test_a_broken_cell_above_the_header_or_right_of_the_table_is_none_of_the_cancer_extract() -> None:
    rows = [["#REF!"], *deepcopy(VALID)]
    assert [each.message for each in problems(book([*rows, ["#REF!"]]))] == [
        f"sheet {SHEET}, cell A11: {ERROR}"
    ]


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "column", "shown", "why"),
    [
        (PROMISE, "PP3_2 - score", "#N/A", "PP3_2 - score", "#N/A", ERROR),
        (THEMES, "Staff Engagement - score", "=1/3", "Staff Engagement - score", "=", FORMULA),
        (THEMES, "Weighting", "#NAME?", "Weighting", "#NAME?", ERROR),
    ],
)
def test_a_broken_cell_of_the_staff_survey_is_told_where_it_is_and_once(
    sheet: str, heading: str, value: str, column: str, shown: str, why: str
) -> None:
    survey = small_book()
    place = place_of(survey, sheet, heading)
    survey[sheet][6][place] = value
    letter = {"PP3_2 - score": "W", "Staff Engagement - score": "G", "Weighting": "F"}[heading]
    assert read(survey) == [
        f"results.xlsx, row 7, column {column}, value '{shown}': sheet {sheet}, cell {letter}7: {why} {AGAIN}"
    ]


def test_a_broken_count_of_respondents_says_of_which_result() -> None:
    survey = small_book()
    survey[THEMES][5][place_of(survey, THEMES, "E_2 - score") + 1] = "#VALUE!"
    (found,) = read(survey)
    assert "column Base (number of responses) of E_2, value '#VALUE!'" in str(found)


def test_a_broken_cell_of_a_column_that_is_not_read_is_passed_over() -> None:
    survey = small_book()
    survey[THEMES][5][place_of(survey, THEMES, "ICS")] = "#N/A"
    assert not isinstance(read(survey), list)


def test_a_sheet_of_values_has_none_and_one_of_formulas_only_those_without_a_result() -> None:
    assert find_broken_cells(open_file(book(VALID)), SHEET) == []
    found = find_broken_cells(open_file(changed((2, "BREACHES", "#NUM!"), (3, "MONTH", "=A1"))), SHEET)
    assert found == [BrokenCell(2, 10, "K2", "#NUM!"), BrokenCell(3, 2, "C3", "=")]
    assert find_broken_cells(open_file(bytes_of(small_book())), "no such sheet") == []
