"""Cells and rows gone wrong: refused with file, row, column, value and remedy, and nothing is landed."""

import pytest
from harness_inputs import HEADER, Refuse, league_row, only, published, row, text_of

# Cells.


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Value", "unknown", "text in a number column"),
        ("Value", "-", "stands for no value, and is no shorthand that is known"),
        ("Value", "1,234", "thousands separators"),
        ("Value", "5%", "percent sign"),
        ("Value", "£1.2", "currency sign"),
        ("Value", "inf", "no finite number"),
        ("Value", "-Infinity", "no finite number"),
        ("Value", "nan", "no finite number"),
        ("Value", "0x1F", "hexadecimal"),
        ("Value", "1_000", "underscores"),
        ("Value", "−0.5", "dash for a minus sign"),
        ("Value", "(0.5)", "brackets"),
        ("Value", "1.2.3", "more than one decimal point"),
        ("Value", "1e30", "too large: 18 digits before the point are the most"),
        ("Value", "٣", "other digits than 0 to 9"),
        ("Value", "1.2 to 1.89", "this is a range"),
        ("Value", "9.03\n", "text in a number column"),
        ("Median_value", "about 1", "text in a number column"),
        ("Lower_quartile", "#REF!", "an error of a spreadsheet"),
        ("Upper_quartile", "tbc", "text in a number column"),
        ("Rank", "first", "text in a number column"),
        ("Rank", "3.5", "a rank is a whole number"),
        ("Rank", "0", "a rank is a whole number"),
        ("Metric_ID", "OF9999", "this metric is not known"),
        ("Metric_ID", "", "the identifier of the metric is missing"),
        ("Metric_ID", "of0005", "in small letters"),
        ("Quarter", "Q5 2025/26", "this quarter is not known"),
        ("Quarter", "2025-26-Q1", "not written as NHS England writes it"),
        ("Quarter", "", "the quarter is missing"),
        ("Trust_type", "Dental trust", "this trust type is not known"),
        ("Trust_type", "", "the trust type is missing"),
        ("Trust_code", "zz1", "in small letters"),
        ("Trust_code", "ZZ12", "not a trust code"),
        ("Trust_code", "ZZ-1", "not a trust code"),
        ("Trust_code", "", "the trust code is missing"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused(refuse: Refuse, column: str, value: str, said: str) -> None:
    problem = only(refuse(published(row(), row(Trust_code="ZZ2") | {column: value})))
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert said in problem.message


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Average_score", "low", "text in a number column"),
        ("Segment", "6", "a segment is 1, 2, 3, 4 or 5"),
        ("Segment", "1.5", "a segment is 1, 2, 3, 4 or 5"),
        ("Segment", "one", "text in a number column"),
        ("Rank", "=1", "this is a formula"),
        ("Trust_in_financial_deficit", "1", "neither Yes nor No"),
        ("Trust_in_financial_deficit", "", "neither Yes nor No"),
        ("Likely_range_of_average_score", "1.2-1.89", "not a range of two numbers"),
        ("Likely_range_of_average_score", "1.2", "not a range of two numbers"),
        ("Likely_range_of_average_score", "1.2 to x", "not a range of two numbers"),
        ("Likely_range_of_average_score", "1.89 to 1.2", "wrong way round"),
        ("Likely_range_of_rank", "1.5 to 11", "whole numbers"),
        ("Likely_range_of_rank", "0 to 11", "whole numbers"),
    ],
)
def test_a_cell_of_a_league_table_that_cannot_be_read_is_refused(
    refuse: Refuse, column: str, value: str, said: str
) -> None:
    problem = only(refuse(published(league_row(), league_row(Trust_code="ZZ2") | {column: value})))
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert said in problem.message


@pytest.mark.parametrize("value", ["Fine", "2.0"])
def test_a_label_that_is_not_known_is_refused(refuse: Refuse, value: str) -> None:
    problem = only(refuse(published(row(Metric_ID="OF0067", Units="rating", Value=value))))
    assert (problem.column, problem.value) == ("Value", value)
    assert "Requires improvement" in problem.message
    assert "label_bands.csv" in problem.remedy


def test_the_remedies_name_the_seeds(refuse: Refuse) -> None:
    refused = refuse(
        published(row(Metric_ID="OF9999", Quarter="Q9", Trust_type="Dental trust", Value="n.k."))
    )
    for seed in ("metrics.csv", "quarters.csv", "trust_type_labels.csv", "shorthand.csv"):
        assert seed in str(refused)


def test_row_numbers_count_blank_rows_and_cells_with_line_breaks_as_a_spreadsheet_does(
    refuse: Refuse,
) -> None:
    rows = [row(Trust_name="Invented\nNHS Trust"), row(Trust_code="ZZ2", Value="bad")]
    lines = text_of(rows).split("\r\n")
    content = "\r\n".join([lines[0], lines[1], "," * 16, *lines[2:]]).encode()
    assert only(refuse(content)).row == 4


# Rows together.


def test_two_values_under_one_key_are_refused_naming_both_rows(refuse: Refuse) -> None:
    problem = only(refuse(published(row(), row(Trust_code="ZZ2"), row(Value="9.04", Rank="34"))))
    assert (problem.row, problem.column, problem.value) == (4, "Value", "9.04")
    assert "rows 2 and 4" in problem.message
    assert "Trust_code ZZ1, Metric_ID OF0005" in problem.message
    assert "'9.03'" in problem.message


def test_rows_of_one_key_that_differ_elsewhere_are_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(row(), row(Rank="34"))))
    assert (problem.row, problem.column) == (3, "Rank")


def test_two_rows_of_a_league_table_about_one_trust_are_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(league_row(), league_row(Rank="2"))))
    assert "rows 2 and 3" in problem.message


def test_a_trust_of_two_types_is_refused(refuse: Refuse) -> None:
    other = [
        row(Trust_type="Ambulance trust", Metric_ID="OF0010"),
        row(Trust_type="Ambulance trust", Metric_ID="OF0011"),
    ]
    problem = only(refuse(published(row(), *other)))
    assert (problem.row, problem.column, problem.value) == (3, "Trust_type", "Ambulance trust")
    assert "row 2 has 'Acute trust'" in problem.message


def without_quarter(*rows: dict[str, str]) -> bytes:
    return published(*rows, header=HEADER[1:])


def test_no_quarter_anywhere_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(without_quarter(row())))
    assert problem.column == "Quarter"
    assert "no domain or summary row" in problem.message


def test_an_unknown_quarter_in_the_summary_rows_is_refused(refuse: Refuse) -> None:
    summary = row(Metric_ID="OF5004", Reporting_date="Jun-25", Value="1", Units="flag")
    problem = only(refuse(without_quarter(row(), summary)))
    assert (problem.row, problem.column, problem.value) == (3, "Reporting_date", "Jun-25")


def test_two_quarters_in_the_summary_rows_are_refused(refuse: Refuse) -> None:
    first = row(Metric_ID="OF4000", Reporting_date="Q1 2025/26", Units="score")
    second = row(Metric_ID="OF5002", Reporting_date="Q2 2025/26", Units="score")
    problem = only(refuse(without_quarter(first, second)))
    assert (problem.row, problem.value) == (3, "Q2 2025/26")
    assert "'Q1 2025/26' in row 2, 'Q2 2025/26' in row 3" in problem.message
