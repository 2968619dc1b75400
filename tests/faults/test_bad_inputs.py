"""An input gone wrong: each is refused with file, row, column, value and remedy, and nothing is landed."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nof.errors import InputRefused, NofError, Problem, UsageRefused
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.persons import may_be_kept

TODAY = date(2026, 7, 1)
NAME = "nhs-oversight-framework-acute-trust-data.csv"
Refuse = Callable[..., InputRefused]


def row(**changes: str) -> dict[str, str]:
    """A sound row of a data file, but for the changes."""
    sound = {
        "Quarter": "Q1 2025/26",
        "Region": "London",
        "Trust_type": "Acute trust",
        "Trust_subtype": "Acute - Large",
        "Trust_code": "ZZ1",
        "Trust_name": "Invented NHS Trust",
        "Domain": "Access to services",
        "Sub-domain": "Elective care",
        "Metric_ID": "OF0005",
        "Metric_description": "Waits",
        "Reporting_date": "Jun-25",
        "Units": "%",
        "Value": "9.03",
        "Median_value": "0.7",
        "Lower_quartile": "",
        "Upper_quartile": "",
        "Rank": "33.0",
    }
    return sound | changes


def league_row(**changes: str) -> dict[str, str]:
    """A sound row of a league table, but for the changes."""
    sound = {
        "Quarter": "Q1 2025/26",
        "Region": "London",
        "Trust_type": "Acute trust",
        "Trust_subtype": "Acute - Large",
        "Trust_code": "ZZ1",
        "Trust_name": "Invented NHS Trust",
        "Average_score": "1.53",
        "Likely_range_of_average_score": "1.2 to 1.89",
        "Segment": "1.0",
        "Trust_in_financial_deficit": "No",
        "Rank": "1.0",
        "Likely_range_of_rank": "1 to 11",
    }
    return sound | changes


HEADER = list(row())
LEAGUE_HEADER = list(league_row())


def text_of(rows: list[dict[str, str]], header: list[str] | None = None) -> str:
    """The rows as published: header, CRLF."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header or list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def published(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    return b"\xef\xbb\xbf" + text_of(list(rows), header).encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which one sound file is landed, so that `untouched` means something."""
    home = Home(tmp_path / "home")
    first = tmp_path / "first"
    first.mkdir()
    (first / "sound.csv").write_bytes(published(row(Trust_type="Ambulance trust")))
    register_new_files(home, land(home, [first], today=date(2025, 9, 9)))
    return home


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def refuse(home: Home, inbox: Path) -> Refuse:
    """Land files that must be refused; checks what holds for every refusal, and hands back the refusal."""

    def landed_state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in home.landed.rglob("*") if path.is_file()}

    def do(content: bytes, name: str = NAME) -> InputRefused:
        before = landed_state()
        (inbox / name).write_bytes(content)
        with pytest.raises(InputRefused) as refused:
            land(home, [inbox], today=TODAY)
        assert refused.value.exit_status == 3
        assert landed_state() == before
        (folder,) = home.refused.iterdir()
        kept = [path.read_bytes() for path in folder.glob(name)]
        # Of what nobody can look into, or what is about persons, the reasons are kept and not the bytes.
        assert kept == ([content] if may_be_kept(name, content) else [])
        record = json.loads((folder / "reasons.json").read_text(encoding="utf-8"))
        assert record["is_file_kept"] is bool(kept)
        assert record["file_name"] == name
        assert record["problems"][0]["file"] == name
        assert (folder / "reasons.txt").read_text(encoding="utf-8").startswith(name)
        for problem in refused.value.problems:
            assert problem.file == name
            assert problem.remedy.endswith((".", ")."))
        # The next run, without the file, is as if it had never been there.
        (inbox / name).unlink()
        (inbox / "good.csv").write_bytes(published(row()))
        assert [file.file_name for file in land(home, [inbox], today=TODAY).new_files] == ["good.csv"]
        (inbox / "good.csv").unlink()
        return refused.value

    return do


def only(refused: InputRefused) -> Problem:
    assert len(refused.problems) == 1, str(refused)
    return refused.problems[0]


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
    assert "header neither of" in only(refuse(content)).message


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


# Cells.


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Value", "unknown", "text in a number column"),
        ("Value", "-", "text in a number column"),
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
        ("Value", "1.2.3", "malformed or too large"),
        ("Value", "1e30", "malformed or too large"),
        ("Value", "٣", "text in a number column"),
        ("Value", "1.2 to 1.89", "text in a number column"),
        ("Value", "9.03\n", "text in a number column"),
        ("Median_value", "about 1", "text in a number column"),
        ("Lower_quartile", "#REF!", "text in a number column"),
        ("Upper_quartile", "tbc", "text in a number column"),
        ("Rank", "first", "text in a number column"),
        ("Rank", "3.5", "a rank is a whole number"),
        ("Rank", "0", "a rank is a whole number"),
        ("Metric_ID", "OF9999", "this metric is not known"),
        ("Metric_ID", "", "this metric is not known"),
        ("Metric_ID", "of0005", "this metric is not known"),
        ("Quarter", "Q5 2025/26", "this quarter is not known"),
        ("Quarter", "2025-26-Q1", "this quarter is not known"),
        ("Quarter", "", "this quarter is not known"),
        ("Trust_type", "Dental trust", "this trust type is not known"),
        ("Trust_type", "", "this trust type is not known"),
        ("Trust_code", "zz1", "not a trust code"),
        ("Trust_code", "ZZ12", "not a trust code"),
        ("Trust_code", "ZZ-1", "not a trust code"),
        ("Trust_code", "", "not a trust code"),
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
        ("Rank", "=1", "text in a number column"),
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


# Several at once, and the run as a whole.


def test_all_problems_of_all_files_are_told_together(home: Home, inbox: Path) -> None:
    (inbox / "a.csv").write_bytes(
        published(
            row(Value="bad", Quarter="Q9"),
            row(Metric_ID="OF9999"),
            header=[name for name in HEADER if name != "Units"],
        )
    )
    (inbox / "b.csv").write_bytes(b"")
    (inbox / "c.xlsx").write_bytes(b"PK\x03\x04")
    (inbox / "good.csv").write_bytes(published(row()))
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    told = [(problem.file, problem.row, problem.column) for problem in refused.value.problems]
    assert told == [
        ("a.csv", 1, "Units"),
        ("a.csv", 2, "Quarter"),
        ("a.csv", 2, "Value"),
        ("a.csv", 3, "Metric_ID"),
        ("b.csv", None, None),
        ("c.xlsx", None, None),
    ]
    assert {path.name for path in home.refused.glob("*/*") if path.suffix in (".csv", ".xlsx")} == {
        "a.csv",
        "b.csv",
    }
    assert len(list(home.refused.glob("*/reasons.json"))) == 3


def test_many_problems_are_capped_in_print_and_whole_in_the_reasons(refuse: Refuse, home: Home) -> None:
    refused = refuse(published(*(row(Trust_code=f"Z{number}", Value="bad") for number in range(10, 60))))
    assert len(refused.problems) == 21
    assert "and 30 more." in str(refused.problems[-1])
    (reasons,) = home.refused.glob("*/reasons.txt")
    assert str(reasons) in str(refused.problems[-1])
    assert len(reasons.read_text(encoding="utf-8").splitlines()) == 50


@pytest.mark.parametrize("name", ["data.xlsx", "data.csv.zip", "data.JSON", "data.tsv"])
def test_data_that_is_not_csv_is_refused_by_its_name(refuse: Refuse, name: str) -> None:
    problem = only(refuse(published(row()), name))
    assert "only CSV files are" in problem.message
    assert "save the sheet as CSV" in problem.remedy


def test_a_missing_folder_and_an_empty_one_are_a_wrong_use(home: Home, inbox: Path) -> None:
    with pytest.raises(UsageRefused, match="does not exist"):
        land(home, [inbox / "nowhere"], today=TODAY)
    (inbox / "README.md").write_text("notes", encoding="utf-8")
    with pytest.raises(UsageRefused, match="holds no CSV file"):
        land(home, [inbox], today=TODAY)
    with pytest.raises(UsageRefused, match="is not a folder"):
        land(home, [inbox / "README.md"], today=TODAY)


def test_two_new_files_of_one_vintage_are_refused_naming_both(home: Home, inbox: Path) -> None:
    (inbox / "one.csv").write_bytes(published(row()))
    (inbox / "other.csv").write_bytes(published(row(Value="1.0")))
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    one, other = refused.value.problems
    assert (one.file, other.file) == ("one.csv", "other.csv")
    assert "this file and other.csv both supply oversight_data of acute 2025-26-Q1" in one.message
    assert "-v2" in one.remedy
    # Either of them alone is a sound file, although it has been refused before.
    (inbox / "other.csv").unlink()
    assert [file.file_name for file in land(home, [inbox], today=TODAY).new_files] == ["one.csv"]


def test_a_file_refused_before_does_not_stand_in_the_way_of_a_good_one(home: Home, inbox: Path) -> None:
    (inbox / "bad.csv").write_bytes(published(row(Value="bad")))
    with pytest.raises(InputRefused):
        land(home, [inbox], today=TODAY)
    # Alone it is refused again: the run was asked for nothing that can be used.
    with pytest.raises(InputRefused):
        land(home, [inbox], today=TODAY)
    (inbox / "good.csv").write_bytes(published(row()))
    landed = land(home, [inbox], today=TODAY)
    assert [file.file_name for file in landed.new_files] == ["good.csv"]
    assert [(each.path.name, each.problems[0].value) for each in landed.set_aside] == [("bad.csv", "bad")]
    # A second bad file beside it is news, and stops the run with both.
    (inbox / "worse.csv").write_bytes(b"")
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    assert [problem.file for problem in refused.value.problems] == ["bad.csv", "worse.csv"]


def test_a_damaged_landed_file_stops_the_run_and_names_it(home: Home) -> None:
    (path,) = home.landed.glob("*/sound.csv")
    path.write_bytes(path.read_bytes().replace(b"9.03", b"9.04"))
    with pytest.raises(NofError, match=r"sound\.csv is damaged.*SHA-256") as damaged:
        land(home, [], today=TODAY)
    assert damaged.value.exit_status == 1
    path.unlink()
    with pytest.raises(NofError, match=r"sound\.csv is in the register and cannot be read"):
        land(home, [], today=TODAY)


@pytest.mark.parametrize("spoil", [lambda text: text[:-30], lambda text: "a,b\n1,2\n", lambda text: text * 2])
def test_a_damaged_register_stops_the_run(home: Home, spoil: Callable[[str], str]) -> None:
    home.register.write_text(spoil(home.register.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NofError, match=r"register\.csv is damaged"):
        land(home, [], today=TODAY)
