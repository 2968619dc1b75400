"""Where a home stands: what is in hand, awaited, late and restated on a day, by rows worked out by hand."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from harness_home import ONE, Q1, REASON, ROLE, put_out
from harness_session import Nof
from nof.files import remove_tree
from nof.home import Home
from nof.landing.register import REGISTER_COLUMNS
from nof.project import read_seed
from nof.status import Awaited, awaited_inputs, quarters_without_a_day

LANDED = [
    ("oversight_data", "2025-09-10", "acute/2025-26-Q1"),
    ("oversight_data", "2025-12-15", "acute/2025-26-Q1;acute/2025-26-Q2"),
    ("league_table", "2025-09-11", "ambulance/2025-26-Q1"),
    ("register_entries", "2025-09-11", "capability_rating/12"),
    ("ods_trusts", "2025-09-11", "2026-07"),
]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    home.landed.mkdir(parents=True)
    with home.register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, REGISTER_COLUMNS, restval="1")
        writer.writeheader()
        for order, (kind, day, vintages) in enumerate(LANDED, start=1):
            writer.writerow(
                {
                    "landed_order": order,
                    "file_kind": kind,
                    "file_name": f"{kind}-{day}.csv",
                    "landed_date": day,
                    "vintages": vintages,
                }
            )
    yield home
    remove_tree(home.root)


def one(home: Home, on: str, kind: str, trust_type: str, quarter: str) -> Awaited:
    """The row about one input; there must be exactly one."""
    (found,) = [
        each
        for each in awaited_inputs(home, on=date.fromisoformat(on))
        if (each.file_kind, each.trust_type_id, each.quarter_id) == (kind, trust_type, quarter)
    ]
    return found


def test_a_row_for_every_input_of_every_quarter_of_the_calendar(home: Home) -> None:
    found = awaited_inputs(home, on=date(2026, 1, 1))
    calendar, wanted = (
        read_seed("reference", "publication_calendar"),
        read_seed("reference", "awaited_inputs"),
    )
    assert len(found) == len(calendar) * len(wanted) == 4 * 6
    assert [each.quarter_id for each in found] == sorted((each.quarter_id for each in found), reverse=True)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        # Q2 was to be published by 12 December 2025, and a data file has seven days of grace.
        ("2025-12-11", "not_due"),
        ("2025-12-12", "due"),
        ("2025-12-19", "due"),
        ("2025-12-20", "late"),
        ("2026-12-20", "late"),
    ],
)
def test_what_is_not_in_hand_is_due_from_its_day_and_late_after_the_grace(
    home: Home, on: str, state: str
) -> None:
    found = one(home, on, "oversight_data", "ambulance", "2025-26-Q2")
    assert (found.state, found.is_open) == (state, state != "not_due")
    assert (found.landed_date, found.file_name) == (None, "")
    assert found.late_date == date(2025, 12, 20)


def test_what_is_in_hand_says_since_when_and_by_which_file(home: Home) -> None:
    found = one(home, "2026-01-01", "oversight_data", "acute", "2025-26-Q2")
    assert (found.state, found.landed_date) == ("in_hand", date(2025, 12, 15))
    assert found.file_name == "oversight_data-2025-12-15.csv"
    assert one(home, "2026-01-01", "league_table", "ambulance", "2025-26-Q1").state == "in_hand"


def test_what_a_later_file_supplies_again_is_restated(home: Home) -> None:
    found = one(home, "2026-01-01", "oversight_data", "acute", "2025-26-Q1")
    assert (found.state, found.landed_date, found.restated_date) == (
        "restated",
        date(2025, 9, 10),
        date(2025, 12, 15),
    )


def test_every_role_that_is_asked_is_one_that_may_be_published() -> None:
    roles = {row["role_label"].casefold() for row in read_seed("reference", "roles")}
    assert {row["asked_role"].casefold() for row in read_seed("reference", "awaited_inputs")} <= roles
    types = {row["trust_type_id"] for row in read_seed("reference", "trust_types")}
    assert {row["trust_type_id"] for row in read_seed("reference", "awaited_inputs")} <= types


def test_a_person_reads_who_is_asked_for_what_and_what_to_do(nof: Nof, home: Home) -> None:
    put_out(home, Q1, ONE)
    status, out, _ = nof("status", "--home", home.root, "--on", "2025-12-25")
    assert status == 0
    assert "Late, ask: Head of performance analysis" in out
    said = next(line for line in out.splitlines() if line.startswith("- Data file, Ambulance trust"))
    assert "2025-26-Q2 (13 days), 2025-26-Q1 (107 days)" in said
    assert "No average, segment or rank of ambulance trusts" in said
    assert f"nof fetch 2025-26-Q2 --home {home.root}" in out
    assert f"Not signed off: {Q1}/{ONE}, provisional since" in out
    nof("finalise", "current", "--role", ROLE, "--reason", REASON, "--home", home.root)
    _, out, _ = nof("status", "--home", home.root, "--on", "2025-12-25")
    assert "Not signed off" not in out


def test_programs_get_every_column(nof: Nof, home: Home) -> None:
    _, as_csv, _ = nof("status", "--home", home.root, "--on", "2026-01-01", "--format", "csv")
    _, as_json, _ = nof("status", "--home", home.root, "--on", "2026-01-01", "--format", "json")
    rows = list(csv.DictReader(io.StringIO(as_csv, newline="")))
    assert rows == json.loads(as_json)
    assert len([row for row in rows if row["state"] != "not_used"]) == 24
    assert {row["state"] for row in rows} == {"in_hand", "restated", "late", "not_due", "not_used"}


def test_an_empty_home_has_nothing_in_hand(nof: Nof, tmp_path: Path) -> None:
    status, out, _ = nof("status", "--home", tmp_path / "nowhere", "--on", "2025-01-01")
    assert (status, "in hand 2" in out) == (0, False)
    assert "No source publication is in hand." in out
    assert "Nothing is awaited, and nothing waits to be signed off." in out
    assert not (tmp_path / "nowhere").exists()


def test_a_quarter_that_is_over_and_has_no_day_is_told_and_not_passed_over(nof: Nof, tmp_path: Path) -> None:
    said = "No day of publication is known of 2026-27-Q1, so nothing of it is awaited. Add it to "
    for day, is_told in (("2026-06-30", False), ("2026-07-01", True)):
        _, out, _ = nof("status", "--home", tmp_path / "nowhere", "--on", day)
        assert (said in out) == is_told, day
    assert quarters_without_a_day(date(2026, 6, 30)) == []
    assert quarters_without_a_day(date(2027, 1, 1)) == ["2026-27-Q1", "2026-27-Q2", "2026-27-Q3"]
