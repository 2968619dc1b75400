"""What `nof explain` says of a value that a source publication gives; the figures are worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness_explain import Rows, printed, small_release, walked, write

WAITS: dict[str, Any] = {
    "organisation_code": "AAA",
    "trust_code": "AAA",
    "is_in_framework_file": True,
    "measure_id": "OF0005",
    "metric_id": "OF0005",
    "value_status": "whole_period",
    "numerator": 5,
    "denominator": 40,
    "source_value": "12.5",
    "source_value_rounded": "12.5",
    "period_start_date": date(2025, 6, 1),
    "period_end_date": date(2025, 6, 30),
    "file_value": "12.5",
    "agreement": "equal",
    "difference": 0,
    "file_id": "f-one",
    "row_number": 40,
}


def told(folder: Path, **given: Any) -> tuple[str, bool | None]:
    """The line under OF0005 and whether it says of itself that it works out."""
    rows: Rows = small_release() | {"fct_source_value": [WAITS | given]}
    explanation = walked(write(folder, rows), "AAA")
    (metric,) = [each for each in explanation.metrics if each.metric_id == "OF0005"]
    (claim,) = [claim for name, claim in metric.lines if name == "source"]
    assert claim.text in " ".join(printed(explanation, width=400, metric="OF0005").split())
    return claim.text, claim.holds


def test_numerator_and_denominator_stand_beside_the_value(tmp_path: Path) -> None:
    line = "5 of 40 = 12.5 %, 2025-06-01 to 2025-06-30; the framework's file has the same; [F1] row 40"
    assert told(tmp_path) == (line, True)


def test_another_value_than_the_file_has_is_told(tmp_path: Path) -> None:
    line, holds = told(tmp_path, agreement="differs", file_value="12.4", difference="0.1")
    assert ("DIFFERS by 0.1 from the framework's file" in line, holds) == (True, True)


def test_part_of_a_period_is_not_compared(tmp_path: Path) -> None:
    line, holds = told(tmp_path, agreement="part_of_the_period", file_value="9", difference=None)
    assert ("part of the period only, so not compared" in line, holds) == (True, True)


@pytest.mark.parametrize(
    "wrong", [{"numerator": 6}, {"file_value": "12.4"}, {"agreement": "differs", "difference": 0}]
)
def test_a_line_that_does_not_work_out_says_so(tmp_path: Path, wrong: dict[str, Any]) -> None:
    assert told(tmp_path, **wrong)[1] is False


def test_a_survey_score_is_not_divided_by_who_answered(tmp_path: Path) -> None:
    score = {"measure_id": "OF0061", "metric_id": "OF0061", "numerator": "6.4955", "denominator": 839}
    rows = small_release() | {
        "fct_source_value": [
            WAITS | score | {"source_value": "6.4955", "source_value_rounded": "6.5", "file_value": "6.5"}
        ]
    }
    explanation = walked(write(tmp_path, rows), "AAA")
    (metric,) = [each for each in explanation.metrics if each.metric_id == "OF0061"]
    (claim,) = [claim for name, claim in metric.lines if name == "source"]
    assert claim.text.startswith("6.5 out of 10, unrounded 6.4955, of 839, 2025-06-01 to 2025-06-30; the")
    assert claim.holds
