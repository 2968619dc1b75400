"""A file gone wrong as a whole or in its header: refused with value and remedy, and nothing is landed."""

from pathlib import Path

import pytest
from harness_inputs import (
    HEADER,
    LEAGUE_HEADER,
    NAME,
    TODAY,
    Refuse,
    league_row,
    only,
    published,
    row,
    text_of,
)

from nof.home import Home
from nof.landing import land


def test_the_rows_these_tests_spoil_are_sound(home: Home, inbox: Path) -> None:
    (inbox / NAME).write_bytes(published(row()))
    (inbox / "league.csv").write_bytes(published(league_row()))
    assert len(land(home, [inbox], today=TODAY).new_files) == 2


def test_a_refusal_reads_as_one_line_with_place_value_and_remedy(refuse: Refuse) -> None:
    refused = refuse(published(row(), row(Trust_code="ZZ2", Value="n.k.")))
    line = f"{NAME}, row 3, column Value, value 'n.k.': text in a number column. Write a plain number"
    assert str(refused).startswith(line)


# The file as a whole.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "the file is empty"),
        (b"PK\x03\x04rest of a workbook", "an Excel workbook or a zip archive, not a CSV file"),
        (b"\xd0\xcf\x11\xe0rest of a workbook", "an old Excel workbook, not a CSV file"),
        (b"%PDF-1.7 rest", "a PDF, not a CSV file"),
        (b"\x1f\x8brest", "a gzip archive, not a CSV file"),
        (b"<!DOCTYPE html><html><body>Page not found</body></html>", "a web page or XML, not a CSV file"),
        (b'{"rows": []}', "JSON, not a CSV file"),
        ("\ufeff".encode("utf-16-le") + "Quarter,Region".encode("utf-16-le"), "UTF-16, not UTF-8"),
        ("Quarter,Region".encode("utf-16-le"), "a NUL character"),
        ("Quarter,Région".encode("utf-16-be"), "NUL bytes"),
    ],
)
def test_what_is_no_utf8_text_table_is_refused(refuse: Refuse, content: bytes, said: str) -> None:
    problem = only(refuse(content))
    assert said in problem.message


def test_a_header_without_rows_is_refused(refuse: Refuse) -> None:
    assert "no rows" in only(refuse((",".join(HEADER) + "\r\n").encode())).message


def test_wrong_encoding_names_row_and_text(refuse: Refuse) -> None:
    content = text_of([row(), row(Trust_code="ZZ2", Trust_name="Trust – Café")]).encode("cp1252")
    problem = only(refuse(content))
    assert "0x96 is not UTF-8" in problem.message
    assert (problem.row, problem.value) == (3, "Trust – Café")
    assert "CSV UTF-8" in problem.remedy


def test_nul_in_a_cell_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(text_of([row(), row(Trust_code="ZZ2", Value="9\x00")]).encode()))
    assert "NUL" in problem.message
    assert problem.row == 3


@pytest.mark.parametrize("kept", ["Q1 2025/26,London,Acu", "Q"])
def test_a_truncated_file_is_refused(refuse: Refuse, kept: str) -> None:
    problem = only(refuse(published(row()) + kept.encode()))
    assert "the last row is cut short" in problem.message
    assert (problem.row, problem.value) == (3, kept)


def test_a_file_cut_inside_quotation_marks_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(row()) + b'Q1 2025/26,London,"Acute'))
    assert "never closed" in problem.message
    assert problem.row == 3


def test_a_stray_quotation_mark_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(row()).replace(b"London", b'"Lon"don')))
    assert "quotation mark closes before its cell ends" in problem.message
    assert problem.row == 2


def test_ragged_rows_are_refused_each_by_its_row(refuse: Refuse) -> None:
    lines = text_of([row(), row(Trust_code="ZZ2"), row(Trust_code="ZZ3"), row(Trust_code="ZZ4")]).split(
        "\r\n"
    )
    lines[2] = lines[2].replace("Invented NHS Trust", "Invented, NHS Trust")
    lines[3] = lines[3].removesuffix(",33.0")
    long, short = refuse("\r\n".join(lines).encode()).problems
    assert (long.row, short.row) == (3, 4)
    assert "18 cells and the header has 17" in long.message
    assert "16 cells and the header has 17" in short.message


# The header.


@pytest.mark.parametrize("first", ["a,b,c", "trust_code,trust_name,trust_type,trust_subtype,region"])
def test_a_wrong_header_is_refused(refuse: Refuse, first: str) -> None:
    problem = only(refuse(f"{first}\n1,2,3\n".encode()))
    assert "header neither of an oversight data file nor of a league table" in problem.message
    assert (problem.row, problem.value) == (1, first)
    assert "Metric_ID" in problem.remedy


def test_a_file_without_a_header_is_refused(refuse: Refuse) -> None:
    content = text_of([row(), row(Trust_code="ZZ2")]).split("\r\n", 1)[1].encode()
    assert "the header is missing" in only(refuse(content)).message


def test_semicolons_are_refused(refuse: Refuse) -> None:
    problem = only(refuse(";".join(HEADER).encode() + b"\n"))
    assert "not separated by commas" in problem.message


@pytest.mark.parametrize("missing", [name for name in HEADER if name != "Quarter"])
def test_a_missing_column_is_refused(refuse: Refuse, missing: str) -> None:
    problem = only(refuse(published(row(), header=[name for name in HEADER if name != missing])))
    assert (problem.row, problem.column) == (1, missing)
    assert "missing from the header of the oversight data file" in problem.message


@pytest.mark.parametrize("missing", LEAGUE_HEADER)
def test_a_missing_column_of_a_league_table_is_refused(refuse: Refuse, missing: str) -> None:
    problem = only(
        refuse(published(league_row(), header=[name for name in LEAGUE_HEADER if name != missing]))
    )
    assert (problem.row, problem.column) == (1, missing)


def test_a_column_that_is_not_known_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(row(Notes="none"))))
    assert (problem.row, problem.column) == (1, "Notes")
    assert "not one of the oversight data file" in problem.message


def test_a_misspelt_heading_is_told_as_both_unknown_and_missing(refuse: Refuse) -> None:
    unknown, missing = refuse(published(row()).replace(b"Metric_ID", b"MetricID")).problems
    assert (unknown.column, missing.column) == ("MetricID", "Metric_ID")


def test_a_column_without_a_heading_is_refused(refuse: Refuse) -> None:
    problem = only(refuse(published(row()).replace(b"\r\n", b",\r\n")))
    assert "column 18 has no heading" in problem.message


def test_a_doubled_column_is_refused(refuse: Refuse) -> None:
    lines = text_of([row()]).split("\r\n")
    content = f"{lines[0]},value\r\n{lines[1]},1.0\r\n".encode()
    problem = only(refuse(content))
    assert problem.column == "Value"
    assert "twice, as columns 13 and 18" in problem.message
