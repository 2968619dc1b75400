"""Which months of source publications a home has and awaits on a day, by rows worked out by hand."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from harness_session import Nof
from nof.alerts.of_status import notices_of_late
from nof.files import remove_tree
from nof.home import Home
from nof.landing.register import REGISTER_COLUMNS
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.project import read_seed
from nof.settings import read_settings
from nof.status import Awaited, awaited_publications, standing_of, unused_publications
from nof.status.spans import spans

Rows = list[tuple[str, str, str]]
Make = Callable[[Rows], Home]
FRAMEWORK: Rows = [("oversight_data", "2025-12-15", "acute/2025-26-Q1;acute/2025-26-Q2")]
# RTT from May 2025 on, June twice; the survey of 2024.
SOURCES: Rows = [
    ("rtt_waits", "2025-12-16", "2025-05"),
    ("rtt_waits", "2025-12-17", "2025-06"),
    ("rtt_waits", "2025-12-18", "2025-06;2025-07"),
    ("staff_survey_results", "2025-12-18", "2024"),
]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    home = Home(tmp_path / "home")

    def make(rows: Rows) -> Home:
        home.landed.mkdir(parents=True)
        with home.register.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, REGISTER_COLUMNS, restval="1")
            writer.writeheader()
            for order, (kind, day, vintages) in enumerate(rows, start=1):
                named = {"landed_order": order, "file_kind": kind, "file_name": f"{kind}-{day}"}
                writer.writerow(named | {"landed_date": day, "vintages": vintages})
        return home

    yield make
    remove_tree(home.root)


def states(home: Home, on: str, kind: str) -> dict[tuple[str, str], str]:
    found = awaited_publications(home, on=date.fromisoformat(on))
    return {(each.quarter_id, each.period): each.state for each in found if each.file_kind == kind}


def test_each_month_of_the_quarters_in_hand_and_of_the_next_one_has_one_state(make: Make) -> None:
    """July's file is published by 14 September: late after a week of grace, from the 22nd on; and so on."""
    home = make([*FRAMEWORK, *SOURCES])
    assert states(home, "2026-01-20", "rtt_waits") == {
        ("2025-26-Q3", "2025-10"): "late",
        # 45 days after 30 November is 14 January, and the week ends on the 21st.
        ("2025-26-Q3", "2025-11"): "due",
        ("2025-26-Q3", "2025-12"): "not_due",
        ("2025-26-Q2", "2025-07"): "in_hand",
        ("2025-26-Q2", "2025-08"): "late",
        ("2025-26-Q2", "2025-09"): "late",
        ("2025-26-Q1", "2025-04"): "not_asked",
        ("2025-26-Q1", "2025-05"): "in_hand",
        ("2025-26-Q1", "2025-06"): "restated",
    }
    assert states(home, "2026-01-22", "rtt_waits")["2025-26-Q3", "2025-11"] == "late"


@pytest.mark.parametrize(("quarter", "year"), [("2025-26-Q3", "2024"), ("2025-26-Q4", "2025")])
def test_a_quarter_is_made_with_the_survey_that_was_out_when_it_ended(
    make: Make, quarter: str, year: str
) -> None:
    """The published files say so: Reporting_date 2024 for Q1 to Q3 of 2025/26, and 2025 for Q4."""
    home = make([("oversight_data", "2026-07-01", f"acute/{quarter}"), *SOURCES])
    assert (quarter, year) in states(home, "2026-07-01", "staff_survey_results")


def test_what_is_in_hand_says_since_when_and_by_which_file(make: Make) -> None:
    home = make([*FRAMEWORK, *SOURCES])
    (june,) = [each for each in awaited_publications(home, on=date(2026, 1, 1)) if each.period == "2025-06"]
    assert (june.landed_date, june.restated_date) == (date(2025, 12, 17), date(2025, 12, 18))
    assert (june.file_name, june.trust_type_id) == ("rtt_waits-2025-12-18", "")


def test_a_home_with_sources_alone_is_asked_for_the_newest_quarter_of_the_calendar_and_the_next(
    make: Make,
) -> None:
    home = make(SOURCES)
    quarters = {quarter for quarter, _ in states(home, "2026-07-01", "rtt_waits")}
    assert quarters == {"2025-26-Q4", "2026-27-Q1"}


def test_what_was_never_landed_is_awaited_by_nobody_and_told_once(make: Make) -> None:
    home = make([*FRAMEWORK, *SOURCES])
    assert {each.file_kind for each in awaited_publications(home, on=date(2027, 1, 1))} == {
        "rtt_waits",
        "staff_survey_results",
    }
    unused = unused_publications(home)
    assert [each.file_kind for each in unused] == [
        each for each in SOURCE_COLUMNS if each not in {"rtt_waits", "staff_survey_results"}
    ]


def test_the_seed_has_every_publication_that_is_read_and_asks_a_role_that_may_be_published() -> None:
    rows = read_seed("reference", "awaited_publications")
    assert {row["dataset_id"] for row in rows} == set(SOURCE_COLUMNS)
    roles = {row["role_label"].casefold() for row in read_seed("reference", "roles")}
    assert {row["asked_role"].casefold() for row in rows} <= roles
    read = {
        row["dataset_id"] for row in read_seed("reference", "source_datasets") if row["is_read"] == "true"
    }
    assert read == set(SOURCE_COLUMNS)
    for row in rows:
        made = [
            each["metric_id"]
            for each in read_seed("framework", "source_measures")
            if each["dataset_id"] == row["dataset_id"] and each["metric_id"]
        ]
        assert row["what_it_gives"].split(" and ") == made


def test_a_person_reads_a_line_for_each_publication(nof: Nof, make: Make) -> None:
    home = make([*FRAMEWORK, *SOURCES])
    status, out, _ = nof("status", "--home", home.root, "--on", "2026-01-22")
    assert status == 0
    assert "Source publications on 2026-01-22, for 2025-26-Q1 to 2025-26-Q3" in out
    assert (
        "- Referral to treatment waiting times: 2025-08 to 2025-11 (the first late since 2025-10-23). "
        "Without it: OF0003 and OF0023 cannot be made from published waits." in out
    )
    (line,) = [each for each in out.splitlines() if each.startswith("No other source publication")]
    assert "Cancer waiting times (OF0010 and OF0011)" in line and "Referral" not in line


def test_a_home_that_uses_none_is_told_in_one_line(nof: Nof, make: Make) -> None:
    home = make(FRAMEWORK)
    _, out, _ = nof("status", "--home", home.root, "--on", "2026-07-20")
    told = [each for each in out.splitlines() if "ource publication" in each]
    assert len(told) == 1 and told[0].startswith("No source publication is in hand. What could be made")


def test_programs_get_a_row_for_each_period_and_one_for_each_publication_not_used(
    nof: Nof, make: Make
) -> None:
    home = make([*FRAMEWORK, *SOURCES])
    _, as_csv, _ = nof("status", "--home", home.root, "--on", "2026-01-20", "--format", "csv")
    _, as_json, _ = nof("status", "--home", home.root, "--on", "2026-01-20", "--format", "json")
    rows = list(csv.DictReader(io.StringIO(as_csv, newline="")))
    assert rows == json.loads(as_json)
    assert sum(row["file_kind"] == "rtt_waits" for row in rows) == 9
    (not_used,) = [row for row in rows if row["file_kind"] == "cancer_waits"]
    assert (not_used["state"], not_used["period"], not_used["quarter_id"]) == ("not_used", "", "")


def told_late(home: Home, on: date) -> list[tuple[str, tuple[str, ...]]]:
    found: list[Awaited] = standing_of(home, on=on).awaited
    notices = notices_of_late(home, read_settings(home), found, [], on=on)
    return [(each.headline, each.keys) for each in notices if "source publications" in each.headline]


def test_an_alert_is_of_the_publications_in_use_and_a_home_that_uses_none_hears_nothing(make: Make) -> None:
    home = make([*FRAMEWORK, *SOURCES])
    assert told_late(home, date(2026, 1, 20)) == [
        (
            "Late: 3 periods of source publications.",
            ("late rtt_waits 2025-08", "late rtt_waits 2025-09", "late rtt_waits 2025-10"),
        )
    ]
    home.register.unlink()
    assert told_late(home, date(2026, 7, 20)) == []


def test_periods_in_few_words() -> None:
    assert spans(["2025-12", "2026-01", "2025-10", "2026-01"]) == "2025-10, 2025-12 to 2026-01"
    assert spans(["2024", "2025"]) == "2024 to 2025"
