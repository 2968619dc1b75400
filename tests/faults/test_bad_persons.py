"""A file that looks like it is about persons: refused without repeating it, and not kept."""

import json
from datetime import date
from pathlib import Path

import pytest

from harness_registers import DATA_HEADER, data_text, entry, ods_row, ods_text, register_text
from nof.errors import InputRefused, Problem
from nof.home import Home
from nof.landing import land
from nof.landing.refused import record_refusal

TODAY = date(2026, 7, 1)
NHS_NUMBER = "943 476 5919"  # kept by the NHS for examples


class Inbox:
    """A folder to land from, in which one sound file lies."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.folder = folder / "inbox"
        self.folder.mkdir()
        (self.folder / "data.csv").write_text(data_text(), encoding="utf-8")

    def problems(self, content: str | bytes, name: str = "register.csv") -> tuple[Problem, ...]:
        """Why a file is refused; checks that nothing of its bytes is left in the home."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(InputRefused) as refused:
            land(self.home, [self.folder], today=TODAY)
        assert refused.value.exit_status == 3
        left = [each for each in self.home.refused.rglob("*") if each.is_file()]
        assert sorted(each.name for each in left) == ["reasons.json", "reasons.txt"]
        text = "\n".join(each.read_text(encoding="utf-8") for each in left) + str(refused.value)
        for secret in ("Nobody", "nobody@", NHS_NUMBER, "7946"):
            assert secret not in text
        record = json.loads(next(each for each in left if each.suffix == ".json").read_text("utf-8"))
        assert record["is_file_kept"] is False
        assert "The file itself was not kept here" in text
        # The next run goes on without it, knowing it by its hash.
        again = land(self.home, [self.folder], today=TODAY)
        assert [each.path.name for each in again.set_aside] == [name]
        return refused.value.problems

    def only(self, content: str | bytes, name: str = "register.csv") -> Problem:
        problems = self.problems(content, name)
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


@pytest.mark.parametrize(
    ("column", "value", "finds", "masked"),
    [
        ("Reason", "Agreed with Dr Jane Nobody in May", "a title with a name", "Dr…"),
        ("Reason", f"Patient {NHS_NUMBER} waited", "an NHS number", "94…"),
        ("Reason", "her date of birth is on file", "a date of birth", "da…"),
        ("Source", "e-mail of jane.nobody@example.org", "an e-mail address", "ja…"),
        ("Source", "call to 020 7946 0958", "a telephone number", "02…"),
        ("Decided_by_role", "Mrs Nobody", "a title with a name", "Mr…"),
        ("Value", "jane.nobody@example.org", "an e-mail address", "ja…"),
        ("Organisation_code", NHS_NUMBER, "an NHS number", "94…"),
    ],
)
def test_a_register_that_names_a_person_is_refused_by_row_and_column(
    inbox: Inbox, column: str, value: str, finds: str, masked: str
) -> None:
    problem = inbox.only(register_text(entry(), entry(**{column: value})))
    assert (problem.row, problem.column, problem.value) == (3, column, masked)
    assert problem.message == f"this looks like {finds}, and nothing about persons is taken in."
    assert problem.remedy.startswith("Write the role or the organisation instead, never a person")


def test_oversight_data_with_a_number_of_a_person_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(data_text("Q2 2025/26").replace("Waits", f"Waits of {NHS_NUMBER}"), "more.csv")
    assert (problem.row, problem.column, problem.value) == (2, "Metric_description", "94…")
    assert "fetch the file again from where it is published" in problem.remedy


def test_a_name_is_no_reason_to_refuse_what_is_published(inbox: Inbox) -> None:
    text = data_text("Q2 2025/26").replace("Invented", "Lady Nobody Community Trust")
    (inbox.folder / "more.csv").write_text(text, encoding="utf-8")
    assert len(land(inbox.home, [inbox.folder], today=TODAY).files) == 2


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("nhs_number,forename,surname,dob", ["nhs_number", "forename", "surname", "dob"]),
        ("Organisation_code;Patient;Wait", ["Patient"]),
        (DATA_HEADER.strip() + ",Home postcode", ["Home postcode"]),
    ],
)
def test_a_column_that_is_about_persons_refuses_the_file(
    inbox: Inbox, header: str, columns: list[str]
) -> None:
    problems = inbox.problems(f"{header}\nNobody,1,2\n", "extract.csv")
    assert [(each.row, each.column, each.value) for each in problems] == [(1, name, None) for name in columns]
    assert "Only figures about organisations are taken in" in problems[0].remedy


def test_other_problems_of_such_a_file_are_not_told_beside_it(inbox: Inbox) -> None:
    """They would repeat its cells."""
    rows = [entry(Value="Jane Nobody"), entry(Reason="Mr Nobody")]
    assert inbox.only(register_text(*rows)).column == "Reason"


def test_a_file_in_another_encoding_and_one_that_is_cut_are_looked_through_too(inbox: Inbox) -> None:
    text = register_text(entry(Reason="Zoë and Dr Nobody"))
    assert inbox.only(text.encode("cp1252")).value == "Dr…"
    (inbox.folder / "register.csv").unlink()
    for left in sorted(inbox.home.refused.rglob("*"), reverse=True):
        left.unlink() if left.is_file() else left.rmdir()
    ragged = register_text(entry()) + "deficit_support,ALL,Mr Nobody\n"
    problem = inbox.only(ragged, "cut.csv")
    assert (problem.row, problem.column, problem.value) == (3, "Subject", "Mr…")


@pytest.mark.parametrize("name", ["Dr Nobody.csv", "list of Mr_Nobody.xlsx"])
def test_a_file_name_that_names_a_person_is_not_repeated(inbox: Inbox, name: str) -> None:
    content = b"PK\x03\x04" if name.endswith("xlsx") else register_text(entry()).encode()
    problem = inbox.only(content, name)
    assert "Nobody" not in str(problem)
    assert problem.remedy.startswith("Give the file another name")


def test_what_nobody_can_look_into_is_not_kept(inbox: Inbox) -> None:
    assert "an Excel workbook" in inbox.only(b"PK\x03\x04 rows of Nobody", "extract.csv").message


def test_an_ods_trust_file_is_looked_at_where_it_is_taken_in(inbox: Inbox) -> None:
    """It has switchboards and addresses in columns that are not read."""
    row = ods_row("ZZ1")
    row[17] = "020 7946 0958"
    (inbox.folder / "ods-trusts-2026-07.csv").write_text(ods_text(row), encoding="utf-8")
    assert len(land(inbox.home, [inbox.folder], today=TODAY).files) == 2
    problem = inbox.only(ods_text(ods_row("ZZ1", name="020 7946 0958")), "ods-trusts-2026-08.csv")
    assert (problem.row, problem.column) == (1, "2 (name)")


def test_a_file_that_the_landed_gate_refuses_is_kept_only_where_it_may_be(tmp_path: Path) -> None:
    home = Home(tmp_path)
    problem = [Problem("a.csv", "wrong.", "Mend it.")]
    for text, is_kept in (("a,b\n1,2\n", True), ("a,email\n1,2\n", False)):
        folder = record_refusal(home, "a.csv", text.encode(), problem, today=TODAY)
        assert (folder / "a.csv").is_file() is is_kept
        assert json.loads((folder / "reasons.json").read_text("utf-8"))["is_file_kept"] is is_kept
