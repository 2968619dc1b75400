"""Refused rows are kept with their reasons, and can be sent back to whoever supplied them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from harness_inputs import NAME, TODAY, published, row

from harness_session import Nof
from nof.errors import NofError, Problem, UsageRefused
from nof.gates.refusal import problems_by_row
from nof.gates.results import Example, ExpectationResult, GateResult
from nof.home import Home
from nof.landing import record_refusal
from nof.landing.returned import choose, refused_files, write_returned

FILE = published(row(), row(Trust_code="ZZ2", Value="-2+3"), row(Trust_code="ZZ3", Value="999"))
WRONG = [
    Problem(NAME, "this is no number.", "Write a number.", row=3, column="Value", value="-2+3"),
    Problem(NAME, "it is above 100.", "Correct it.", row=4, column="Value", value="999"),
]


def returned(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_problem_is_a_row_with_the_refused_row_behind_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    folder = record_refusal(home, NAME, FILE, WRONG, today=TODAY)
    (refused,) = refused_files(home)
    path = write_returned(refused, tmp_path / "out")
    assert path.name == f"{Path(NAME).stem}-{folder.name}-to-correct.csv"
    header, first, second = returned(path)
    assert header[:6] == ["File", "Row", "Column", "Value", "What is wrong", "What to do"]
    assert header[6:] == list(row())
    assert second[:6] == [NAME, "4", "Value", "999", "it is above 100.", "Correct it."]
    assert dict(zip(header[6:], second[6:], strict=True)) == row(Trust_code="ZZ3", Value="999")
    # What a spreadsheet would run is led by an apostrophe, in the problem and in the row.
    assert first[3] == "'-2+3"
    assert first[header.index("Value", 6)] == "'-2+3"


def test_of_a_file_that_is_not_kept_only_the_reasons_go_out(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    content = b"a,email\n1,2\n"
    record_refusal(home, "a.csv", content, [Problem("a.csv", "about persons.", "Take it out.")], today=TODAY)
    (refused,) = refused_files(home)
    assert not refused.is_kept
    header, only = returned(write_returned(refused, tmp_path / "out"))
    assert len(header) == 6
    assert only == ["a.csv", "", "", "", "about persons.", "Take it out."]


def test_a_broken_row_does_not_stop_the_export(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    text = 'a,b\n1,2\n"3,4\n'
    record_refusal(home, "a.csv", text.encode(), [Problem("a.csv", "x.", "y.", row=2)], today=TODAY)
    header, only = returned(write_returned(refused_files(home)[0], tmp_path))
    assert (header[6:], only[6:]) == (["a", "b"], ["1", "2"])


def test_the_newest_refusal_is_first_and_one_is_named_by_name_or_hash(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name, day in (("a.csv", 1), ("b.csv", 2), ("b.csv", 3)):
        record_refusal(home, name, f"{day}".encode(), [Problem(name, "x.", "y.")], today=date(2026, 7, day))
    found = refused_files(home)
    assert [each.file_name for each in found] == ["b.csv", "b.csv", "a.csv"]
    assert choose(found, "a.csv") == found[2]
    assert choose(found, found[0].folder.name[:6]) == found[0]
    with pytest.raises(UsageRefused, match=r"Several refused files are called 'b.csv'. Name one by its hash"):
        choose(found, "b.csv")
    with pytest.raises(UsageRefused, match=r"There is no refused file 'c.csv'.*\(a\.csv\)"):
        choose(found, "c.csv")


def test_a_damaged_record_is_named_with_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folder = record_refusal(home, "a.csv", b"1", [Problem("a.csv", "x.", "y.")], today=TODAY)
    (folder / "reasons.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NofError, match=f"Remove the folder {folder.name} and land the file again"):
        refused_files(home)


def test_the_landed_gate_refuses_row_by_row() -> None:
    def example(number: int) -> Example:
        return Example((("file", NAME), ("row", str(number)), ("trust", "ZZ1")), (("value_number", "140"),))

    result = ExpectationResult(
        gate="landed",
        suite="values",
        relation="staging.values",
        expectation_id="values_lie_within_100",
        expectation_type="expect_column_values_to_be_between",
        column="value_number",
        severity="critical",
        is_passed=False,
        outcome="failed",
        checked_count=9,
        unexpected_count=5,
        first_unexpected="",
        observed="",
        meaning="Values lie between 0 and 100.",
        remedy="Correct the Value.",
        owner_role="data supplier",
        examples=tuple(example(number) for number in range(2, 7)),
    )
    problems = problems_by_row(GateResult.of("landed", [result], 1))
    assert [each.row for each in problems] == [2, 3, 4, 5, 6]
    assert str(problems[0]) == (
        f"{NAME}, row 2, column Value, value '140': trust ZZ1: values_lie_within_100: "
        "Values lie between 0 and 100. Correct the Value."
    )


def test_the_command_lists_shows_and_exports(tmp_path: Path, nof: Nof) -> None:
    home = tmp_path / "home"
    assert "No file was refused" in nof("refused", "--home", home)[1]
    folder = record_refusal(Home(home), NAME, FILE, WRONG, today=TODAY)
    status, out, _ = nof("refused", "--home", home)
    assert (status, folder.name in out) == (0, True)
    status, out, _ = nof("refused", NAME, "--home", home)
    assert status == 0
    assert f"{NAME}, row 3, column Value, value '-2+3': this is no number. Write a number." in out
    status, out, _ = nof("refused", "--home", home, "--out", tmp_path / "out")
    assert status == 0
    assert len(returned(Path(out.strip()))) == 3
    assert nof("refused", "other.csv", "--home", home)[0] == 2
