"""Registers: what lands, which file supplies an entry, and what a later file does to an earlier one."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from harness_registers import data_text, entry, register_text
from nof.errors import InputRefused, UsageRefused
from nof.home import Home
from nof.landing import Landed, land, register_new_files, write_landing
from nof.steps import Request, prepare

DAY = date(2026, 7, 1)
LATER = date(2026, 8, 1)
Arrive = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def arrive(tmp_path: Path) -> Arrive:
    """A fresh folder with the files named."""

    def do(**files: str) -> Path:
        folder = tmp_path / f"inbox-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8", newline="")
        return folder

    return do


def entries(landed: Landed, *names: str, is_current: bool = True) -> list[tuple[str, ...]]:
    """Cells of the entries that are in hand (or of those that were replaced), in the order of their text."""
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        return con.execute(
            f"select {', '.join(names)} from landing.register_entries "
            "where is_current_vintage = ? order by all",
            [str(is_current).lower()],
        ).fetchall()


def test_a_register_is_known_by_its_header_whatever_its_name_and_order(home: Home, arrive: Arrive) -> None:
    text = register_text(entry(Value="amber-green\u00a0", Register=" Capability_Rating"))
    header, row = text.splitlines()
    reversed_columns = f"{header.upper()}\n{row}\n".replace("ORGANISATION_CODE", " Organisation_code\u00a0")
    landed = land(home, [arrive(anything=f"\ufeff{reversed_columns}")], today=DAY)
    (file,) = landed.files
    assert (file.file_kind, file.row_count) == ("register_entries", 1)
    # Cells stay as written; it is staging that cleans them.
    assert entries(landed, "register", "organisation_code", "subject", "value", "source", "row_number") == [
        (" Capability_Rating", "ZZ1", "overall", "amber-green\u00a0", "An invented letter", "2")
    ]


def test_every_use_lands_in_one_file(home: Home, arrive: Arrive) -> None:
    rows = [
        entry(Subject="quality_of_care", Value="Partially confirmed"),
        entry(Register="improvement_programme", Subject="programme", Value="Left the programme"),
        entry(
            Register="improvement_programme",
            Organisation_code="ALL",
            Subject="programme",
            Value="Not in the programme",
        ),
        entry(
            Register="icb_assessment", Organisation_code="ZX1A2", Subject="annual_rating", Value="Achieving"
        ),
        entry(Register="deficit_support", Subject="deficit_support", Value="Received", To_date="2025-10-01"),
        entry(Register="service", Subject="community", Value="Runs it"),
        entry(Register="exclusion", Subject="OF0057", Value="Excluded"),
        entry(Register="plan", Subject="OF0023", Value="-62.5e0"),
        entry(Register="baseline", Subject="UN0001", Value=".5"),
        entry(Register="icb_membership", Subject="lead", Value="ZX1"),
        entry(Register="icb_membership", Subject="member", Value="ZX2"),
        entry(Register="icb_membership", Subject="member", Value="ZX3A4"),
        entry(Register="organisation_change", Subject="merged_into", Value="ZZ2"),
        entry(Register="group", Subject="provider_collaborative", Value="Invented, with a comma"),
        entry(Register="winter_assurance", Subject="signed_by_chair", Value="2025-09-30"),
        entry(Register="winter_assurance", Subject="trigger_12_hour_waits", Value="40"),
        entry(
            Register="winter_assurance", Subject="executive_winter_director", Value="Chief operating officer"
        ),
    ]
    landed = land(home, [arrive(all=register_text(*rows))], today=DAY)
    assert len(entries(landed, "register")) == len(rows) == len(landed.vintages)


def test_an_entry_that_is_there_twice_is_loaded_once(home: Home, arrive: Arrive) -> None:
    rows = [entry(), entry(Organisation_code="ZZ2"), entry(Reason="Invented ")]
    (file,) = land(home, [arrive(a=register_text(*rows))], today=DAY).files
    assert (file.row_count, file.repeated_row_count, file.table.row_numbers) == (3, 1, (2, 3))


def test_a_later_file_adds_and_replaces_entries_one_by_one(home: Home, arrive: Arrive) -> None:
    first = register_text(
        entry(), entry(Organisation_code="ZZ2", Value="Red"), entry(Organisation_code="ZZ3")
    )
    register_new_files(home, land(home, [arrive(a=first)], today=DAY))
    # ZZ1 is restated, ZZ2 is rated again from a later day, ZZ4 is new, ZZ3 is not mentioned.
    second = register_text(
        entry(Value="Amber-red"),
        entry(Organisation_code="ZZ2", Value="Amber-red", From_date="2026-04-01"),
        entry(Organisation_code="ZZ4"),
    )
    landed = land(home, [arrive(b=second)], today=LATER)
    assert entries(landed, "organisation_code", "from_date", "value") == [
        ("ZZ1", "2025-10-01", "Amber-red"),
        ("ZZ2", "2025-10-01", "Red"),
        ("ZZ2", "2026-04-01", "Amber-red"),
        ("ZZ3", "2025-10-01", "Green"),
        ("ZZ4", "2025-10-01", "Green"),
    ]
    assert entries(landed, "organisation_code", "value", is_current=False) == [("ZZ1", "Green")]


def test_an_entry_is_taken_back_by_a_later_file_and_not_by_its_absence(home: Home, arrive: Arrive) -> None:
    register_new_files(home, land(home, [arrive(a=register_text(entry()))], today=DAY))
    landed = land(home, [arrive(b=register_text(entry(Entry_status="withdrawn")))], today=LATER)
    assert entries(landed, "organisation_code", "entry_status") == [("ZZ1", "withdrawn")]


def test_where_many_values_stand_side_by_side_the_value_is_part_of_the_key(
    home: Home, arrive: Arrive
) -> None:
    membership = {"Register": "icb_membership", "Subject": "member"}
    first = register_text(entry(**membership, Value="ZX1"), entry(**membership, Value="ZX2"))
    register_new_files(home, land(home, [arrive(a=first)], today=DAY))
    second = register_text(entry(**membership, Value="ZX2", Entry_status="Withdrawn"))
    landed = land(home, [arrive(b=second)], today=LATER)
    assert entries(landed, "value", "entry_status") == [("ZX1", ""), ("ZX2", "Withdrawn")]


def test_two_new_files_may_say_the_same_of_an_entry(home: Home, arrive: Arrive) -> None:
    one = register_text(entry(), entry(Organisation_code="ZZ2"))
    other = register_text(entry(Source="An invented letter\u00a0"), entry(Organisation_code="ZZ3"))
    landed = land(home, [arrive(a=one, b=other)], today=DAY)
    assert entries(landed, "organisation_code") == [("ZZ1",), ("ZZ2",), ("ZZ3",)]


def test_two_new_files_that_differ_about_an_entry_are_refused(home: Home, arrive: Arrive) -> None:
    one, other = register_text(entry()), register_text(entry(Value="Red"), entry(Organisation_code="ZZ2"))
    with pytest.raises(InputRefused) as refused:
        land(home, [arrive(a=one, b=other)], today=DAY)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{name}: this file and {rival} both supply the entry capability_rating ZZ1 overall from 2025-10-01, "
        "and nothing says which of the two is later. Land the older one in a run before, end the later one's "
        "name in -v2, or take one away."
        for name, rival in (("a.csv", "b.csv"), ("b.csv", "a.csv"))
    ]
    landed = land(home, [arrive(a=one, b_v2=other)], today=DAY)
    assert entries(landed, "organisation_code", "value") == [("ZZ1", "Red"), ("ZZ2", "Green")]


def test_a_long_quarrel_of_two_files_is_told_by_its_first_entry(home: Home, arrive: Arrive) -> None:
    codes = [f"ZZ{number}" for number in range(1, 6)]
    one = register_text(*(entry(Organisation_code=code) for code in codes))
    with pytest.raises(
        InputRefused, match="ZZ1 overall from 2025-10-01 and 4 more entries, and nothing says"
    ):
        land(home, [arrive(a=one, b=one.replace("Green", "Red"))], today=DAY)


def test_the_register_of_landed_files_counts_entries_and_names_vintages(home: Home, arrive: Arrive) -> None:
    text = register_text(
        entry(), entry(Organisation_code="ZZ2"), entry(Register="plan", Subject="OF0023", Value="1")
    )
    landed = land(home, [arrive(a=text, data=data_text())], today=DAY)
    register_new_files(home, landed)
    with home.register.open(encoding="utf-8", newline="") as file:
        rows = {row["file_name"]: (row["file_kind"], row["vintages"]) for row in csv.DictReader(file)}
    assert rows == {
        "a.csv": ("register_entries", "capability_rating/2;plan/1"),
        "data.csv": ("oversight_data", "acute/2025-26-Q1"),
    }
    again = land(home, [], today=LATER)
    assert again.vintages == landed.vintages
    assert [file.table for file in again.files] == [file.table for file in landed.files]


def test_registers_stay_in_a_release_of_an_earlier_quarter_and_make_no_quarter(
    home: Home, arrive: Arrive
) -> None:
    folder = arrive(
        a=register_text(entry(From_date="2026-06-01")),
        q1=data_text("Q1 2025/26"),
        q3=data_text("Q3 2025/26"),
    )
    landed = land(home, [folder], today=DAY)
    assert landed.quarters == ("2025-26-Q1", "2025-26-Q3")
    assert [file.file_name for file in landed.up_to("2025-26-Q1").files] == ["a.csv", "q1.csv"]


def test_a_home_with_registers_only_has_nothing_to_score(home: Home, arrive: Arrive) -> None:
    folder = arrive(a=register_text(entry()))
    with pytest.raises(UsageRefused, match=r"No oversight data is in hand to score.*registers") as refused:
        prepare(Request(home=home, landing=(folder,)), today=DAY)
    assert refused.value.exit_status == 2
