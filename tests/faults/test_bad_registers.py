"""A register or an ODS trust file gone wrong: refused with file, row, column, value and remedy."""

from datetime import date
from pathlib import Path

import pytest

from harness_registers import data_text, entry, ods_row, ods_text, register_text
from nof.errors import InputRefused, Problem
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.persons import may_be_kept

TODAY = date(2026, 7, 1)


class Inbox:
    """A home in which one sound file is landed, and a folder to land from."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.folder = folder / "inbox"
        self.folder.mkdir()
        (self.folder / "data.csv").write_text(data_text(), encoding="utf-8")
        register_new_files(self.home, land(self.home, [self.folder], today=TODAY))

    def problems(self, text: str | bytes, name: str = "register.csv") -> tuple[Problem, ...]:
        """Why a file is refused; checks what holds for every refusal."""
        before = self.home.register.read_bytes()
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(InputRefused) as refused:
            land(self.home, [self.folder], today=TODAY)
        assert refused.value.exit_status == 3
        assert self.home.register.read_bytes() == before
        # Of what nobody can look into the reasons are kept, and not the bytes.
        kept = [path.read_bytes()] if may_be_kept(name, path.read_bytes()) else []
        assert [each.read_bytes() for each in self.home.refused.glob(f"*/{name}")] == kept
        assert all(
            problem.file == name and problem.remedy.endswith(".") for problem in refused.value.problems
        )
        # The next run goes on without it and says so.
        again = land(self.home, [self.folder], today=TODAY)
        assert [each.path.name for each in again.set_aside] == [name]
        return refused.value.problems

    def only(self, text: str | bytes, name: str = "register.csv") -> Problem:
        problems = self.problems(text, name)
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def test_a_refusal_reads_as_one_line_with_place_value_and_remedy(inbox: Inbox) -> None:
    told = str(inbox.only(register_text(entry(), entry(Organisation_code="ZZ2", Value="Yellow"))))
    assert told == (
        "register.csv, row 3, column Value, value 'Yellow': overall can be Green, Amber-green, Amber-red, "
        "Red, No material concerns, Some concerns, Major concerns, and this is none of them. Write one of "
        "these, or add the value to seeds/reference/register_values.csv."
    )


PLAN = {"Register": "plan", "Subject": "OF0023", "Value": "62.5"}
MEMBER = {"Register": "icb_membership", "Subject": "member", "Value": "ZX1"}
SIGNED = {"Register": "winter_assurance", "Subject": "signed_by_chair", "Value": "2025-09-30"}


@pytest.mark.parametrize(
    ("sound", "column", "value", "said"),
    [
        ({}, "Register", "capability", "Known are capability_rating, improvement_programme, icb_assessment"),
        ({}, "Register", "", "this register is not known"),
        ({}, "Organisation_code", "zz1", "not the code of an organisation"),
        ({}, "Organisation_code", "", "not the code of an organisation"),
        ({}, "Organisation_code", "all", "not the code of an organisation"),
        (
            {},
            "Organisation_code",
            "ALL",
            "an entry of capability_rating is about one organisation, never about all",
        ),
        (
            {},
            "Subject",
            "leadership",
            "It has overall (Overall rating by the region), strategy_leadership_and",
        ),
        ({}, "Subject", "", "capability_rating has no such subject"),
        ({}, "Subject", "OF0023", "capability_rating has no such subject"),
        ({}, "Value", "", "this entry has no value"),
        ({}, "Value", "green!", "none of them"),
        ({}, "Value", "Confirmed", "none of them"),
        (PLAN, "Subject", "OF9999", "this metric is not known"),
        (PLAN, "Subject", "of0023", "this metric is not known"),
        # A score, a domain and the summary have no plan.
        (PLAN, "Subject", "OF1023", "this metric is not known"),
        (PLAN, "Subject", "OF4000", "this metric is not known"),
        (PLAN, "Value", "62,5", "a comma where its decimal point belongs"),
        (PLAN, "Value", "62.5%", "percent sign"),
        (PLAN, "Value", "1,062", "thousands separators"),
        # Shorthand stands for a missing value in the published files; an entry without a value is none.
        (PLAN, "Value", "*", "a number must stand here"),
        (PLAN, "Value", "NA", "a number must stand here"),
        (MEMBER, "Value", "NHS Invented ICB", "not the code of an organisation"),
        (MEMBER, "Value", "ALL", "one organisation, never all"),
        (SIGNED, "Value", "30/09/2025", "not a day written year, month, day"),
        (SIGNED, "Value", "2025-02-30", "there is no such day"),
        (
            {"Register": "service", "Subject": "community", "Value": "Runs it"},
            "Subject",
            "dentistry",
            "this service is",
        ),
        (
            {"Register": "exclusion", "Subject": "OF0023", "Value": "Excluded"},
            "Value",
            "Yes",
            "metric can be Excluded",
        ),
        ({}, "From_date", "", "the date is missing"),
        ({}, "From_date", "01/10/2025", "not a day written year, month, day"),
        ({}, "From_date", "2025-13-01", "there is no such day"),
        ({}, "From_date", "20251001", "not a day written year, month, day"),
        ({}, "From_date", "Oct-25", "not a day written year, month, day"),
        ({}, "To_date", "open", "not a day written year, month, day"),
        ({}, "To_date", "2025-09-30", "ends before it begins (From_date 2025-10-01)"),
        ({}, "Entry_status", "Deleted", "empty (it stands) or Withdrawn"),
        ({}, "Source", "", "is empty and must not be"),
        ({}, "Source", "\u00a0 ", "is empty and must not be"),
    ],
)
def test_a_cell_of_a_register_that_cannot_be_read_is_refused(
    inbox: Inbox, sound: dict[str, str], column: str, value: str, said: str
) -> None:
    rows = [entry(**sound), entry(**sound, Organisation_code="ZZ2") | {column: value}]
    problem = inbox.only(register_text(*rows))
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert said in problem.message


def test_the_remedies_name_the_seeds(inbox: Inbox) -> None:
    service = {"Register": "service", "Subject": "dentistry", "Value": "Runs it"}
    text = register_text(entry(Value="Yellow"), entry(**PLAN) | {"Subject": "OF9999"}, entry(**service))
    told = " ".join(str(problem) for problem in inbox.problems(text))
    for seed in ("register_values.csv", "metrics.csv", "services.csv"):
        assert seed in told


def test_all_that_is_wrong_with_an_entry_is_told_at_once(inbox: Inbox) -> None:
    text = register_text(entry(Organisation_code="ALL", Value="Yellow", From_date="soon", Source=""))
    assert [(problem.row, problem.column) for problem in inbox.problems(text)] == [
        (2, "From_date"),
        (2, "Source"),
        (2, "Organisation_code"),
        (2, "Value"),
    ]


def test_two_entries_of_one_key_that_differ_contradict_each_other(inbox: Inbox) -> None:
    rows = [entry(), entry(Organisation_code="ZZ2"), entry(Subject="Overall", Value="Red", Reason="Other")]
    problem = inbox.only(register_text(*rows))
    assert (problem.row, problem.column, problem.value) == (4, "Value", "Red")
    assert "rows 2 and 4 are about the same thing" in problem.message
    assert (
        "Register capability_rating, Organisation_code ZZ1, Subject Overall, From_date 2025-10-01"
        in problem.message
    )


def test_an_entry_and_its_withdrawal_in_one_file_contradict_each_other(inbox: Inbox) -> None:
    problem = inbox.only(register_text(entry(), entry(Entry_status="Withdrawn")))
    assert (problem.row, problem.column) == (3, "Entry_status")


@pytest.mark.parametrize("missing", list(entry()))
def test_a_missing_column_of_a_register_is_refused(inbox: Inbox, missing: str) -> None:
    header = [name for name in entry() if name != missing]
    problem = inbox.only(register_text(entry(), header=header))
    assert (problem.row, problem.column) == (1, missing)
    assert "missing from the header of the register" in problem.message
    assert "nof templates" in problem.remedy


def test_a_column_that_a_register_does_not_have_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(register_text(entry() | {"Decided_by_name": "nobody"}))
    assert (problem.column, problem.row) == ("Decided_by_name", 1)


def test_a_register_that_nobody_filled_in_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(register_text())
    assert "a header and no rows" in problem.message
    assert problem.remedy == "Fill it in, or take it out of the folder."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (register_text(entry(Reason="Café")).encode("cp1252"), "not UTF-8"),
        (register_text(entry()).replace(",", ";"), "not separated by commas"),
        (
            register_text(entry()) + "plan,ZZ1",
            "the last row is cut short: this row has 2 cells and the header has 10",
        ),
        (b"PK\x03\x04rest of a workbook", "an Excel workbook"),
    ],
)
def test_what_is_wrong_with_any_file_is_told_of_a_register_too(
    inbox: Inbox, text: str | bytes, said: str
) -> None:
    assert said in inbox.only(text).message


# ODS trust files.

ODS_NAME = "ods-trusts-2026-07.csv"


@pytest.mark.parametrize(
    ("change", "column", "value", "said"),
    [
        ({"opened": "1999-04-01"}, "11 (opened)", "1999-04-01", "not a day written like 20260630"),
        ({"opened": "19991301"}, "11 (opened)", "19991301", "not a day written like 20260630"),
        ({"closed": "1 July"}, "12 (closed)", "1 July", "not a day written like 20260630"),
        ({"region": "London"}, "3 (region)", "London", "not a region code"),
        ({"icb": "NHS ICB"}, "4 (ICB)", "NHS ICB", "not the code of an ICB"),
        ({"name": ""}, "2 (name)", "", "is empty and must not be"),
    ],
)
def test_a_cell_of_an_ods_trust_file_that_cannot_be_read_is_refused(
    inbox: Inbox, change: dict[str, str], column: str, value: str, said: str
) -> None:
    problem = inbox.only(ods_text(ods_row("ZZ1"), ods_row("ZZ2", **change)), ODS_NAME)
    assert (problem.row, problem.column, problem.value) == (2, column, value)
    assert said in problem.message


def test_a_code_that_is_none_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(ods_text(ods_row("ZZ1"), ods_row("ZZ-1")), ODS_NAME)
    assert (problem.row, problem.column, problem.value) == (2, "1 (code)", "ZZ-1")


def test_an_organisation_that_stands_twice_and_differs_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(ods_text(ods_row("ZZ1"), ods_row("ZZ1", closed="20260630")), ODS_NAME)
    assert (problem.row, problem.column, problem.value) == (2, "12 (closed)", "20260630")
    assert "rows 1 and 2 are about the same thing" in problem.message


def test_a_row_of_another_width_is_refused(inbox: Inbox) -> None:
    problem = inbox.only(ods_text(ods_row("ZZ1"), ods_row("ZZ2")[:-1], ods_row("ZZ3")), ODS_NAME)
    assert problem.row == 2
    assert "this row has 26 cells and the first row has 27" in problem.message


def test_a_first_row_of_another_shape_is_no_file_that_is_known(inbox: Inbox) -> None:
    problem = inbox.only(ods_text(ods_row("ZZ1")[:-1]), ODS_NAME)
    assert "nor a row of an ODS trust file" in problem.message
    assert "has no header and 27 columns" in problem.remedy
