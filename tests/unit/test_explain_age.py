"""The period line of `nof explain`: what a release says of a value's age, worked out again and in words."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_explain import QUARTER, small_release, walked, write

from nof.explain.model import Claim

END = date(2025, 6, 30)


def told(folder: Path, **age: Any) -> Claim | None:
    """The period line of OF0061 of the trust AAA."""
    tables = small_release()
    tables["dim_quarter"][0] |= {"start_date": date(2025, 4, 1), "end_date": END}
    tables["fct_data_age"] = [{"trust_code": "AAA", "metric_id": "OF0061"} | age]
    return period_of(write(folder, tables))


def period_of(database: Path) -> Claim | None:
    metric = next(each for each in walked(database, "AAA", QUARTER).metrics if each.metric_id == "OF0061")
    return dict(metric.lines).get("period")


SURVEY = {
    "age_status": "aged", "period_start_date": date(2024, 1, 1), "period_end_date": date(2024, 12, 31),
}  # fmt: skip
PLAN = {
    "age_status": "not_over", "period_start_date": date(2025, 4, 1), "period_end_date": date(2026, 3, 31),
}  # fmt: skip
SAME = "; period and figure are those of the quarter before"


@pytest.mark.parametrize(
    ("age", "text"),
    [
        # 31 + 28 + 31 + 30 + 31 + 30
        (
            SURVEY | {"age_days_at_quarter_end": 181},
            "1 Jan 2024 to 31 Dec 2024, ended 181 days before the quarter did",
        ),
        (
            SURVEY | {"age_days_at_quarter_end": 181, "is_unchanged_since_previous_quarter": True},
            f"1 Jan 2024 to 31 Dec 2024, ended 181 days before the quarter did{SAME}",
        ),
        (
            SURVEY | {"age_days_at_quarter_end": 181, "is_revised_since_previous_quarter": True},
            "1 Jan 2024 to 31 Dec 2024, ended 181 days before the quarter did; "
            "the period of the quarter before, with another figure",
        ),
        # 31 + 31 + 30 + 31 + 30 + 31 + 31 + 28 + 31
        (
            PLAN | {"age_days_at_quarter_end": -274},
            "1 Apr 2025 to 31 Mar 2026, ends 274 days after the quarter does",
        ),
        (
            PLAN | {"age_status": "aged", "period_end_date": END, "age_days_at_quarter_end": 0},
            "1 Apr 2025 to 30 Jun 2025, ended with the quarter",
        ),
    ],
)
def test_an_age_is_counted_again(age: dict[str, Any], text: str, tmp_path: Path) -> None:
    assert told(tmp_path, **age) == Claim(text, holds=True)


def test_an_age_that_does_not_follow_from_its_period_is_not_right(tmp_path: Path) -> None:
    found = told(tmp_path, **SURVEY, age_days_at_quarter_end=180)
    assert found is not None and found.holds is False


@pytest.mark.parametrize(
    ("until", "text"),
    [
        (None, "ratings awarded from 1 Sep 2023 on"),
        (date(2026, 2, 12), "ratings awarded from 1 Sep 2023 to 12 Feb 2026"),
    ],
)
def test_a_window_has_no_age(until: date | None, text: str, tmp_path: Path) -> None:
    window = {"age_status": "rating_window", "period_start_date": date(2023, 9, 1), "period_end_date": until}
    assert told(tmp_path, **window) == Claim(text)


@pytest.mark.parametrize("status", ["quarter_only", "other_form", "not_known", "ambiguous"])
def test_a_period_that_is_not_known_is_told_as_such(status: str, tmp_path: Path) -> None:
    found = told(tmp_path, age_status=status)
    assert found is not None and found.holds and found.text.startswith("not ")


def test_without_a_text_there_is_no_line(tmp_path: Path) -> None:
    assert told(tmp_path, age_status="no_text") is None


def test_a_release_from_before_ages_were_told_is_explained_without(tmp_path: Path) -> None:
    database = write(tmp_path, small_release())
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop table publication.fct_data_age")
    assert period_of(database) is None
