"""The bundled boards: contextual values that nobody ranks, whole enough to be scored under another method."""

from collections import Counter
from decimal import Decimal

import pytest
from harness_sample import (
    QUARTERS,
    as_number,
    cell,
    contextual_pairs,
    current_rows,
    framework_rows,
    icb_codes,
    icb_numbers,
    number,
)

from harness_some import some
from nof.project import read_seed
from nof.sample import cases

QUARTER_IDS = tuple(QUARTERS.values())


def icb_rows() -> list[dict[str, str]]:
    return [row for row in current_rows() if row["trust_code"] in icb_codes()]


def test_the_rows_are_those_of_one_file_and_of_the_contextual_metrics_with_numbers() -> None:
    names = {row["file_id"]: row["file_name"] for row in read_seed("sample", "sample_files")}
    assert {names[row["file_id"]] for row in icb_rows()} == {
        "nhs-oversight-framework-integrated-care-board-data-q1-q4-2025-26.csv"
    }
    kinds = {row["metric_id"]: row["value_kind"] for row in framework_rows("metrics")}
    expected = {
        metric_id
        for metric_id, type_id in contextual_pairs()
        if type_id == "icb" and kinds[metric_id] == "number"
    }
    assert len(expected) == 21
    for label in QUARTERS:
        assert {row["metric_id"] for row in icb_rows() if row["quarter"] == label} == expected


def test_boards_have_neither_ranks_nor_scores_nor_flags() -> None:
    assert {row["rank"] for row in icb_rows()} == {""}
    assert not [row for row in icb_rows() if row["metric_id"].startswith(("OF1", "OF4", "OF5"))]


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_finance_is_whole_and_every_metric_has_at_least_95_percent_of_the_boards(quarter_id: str) -> None:
    for metric_id in some({row["metric_id"] for row in icb_rows()}):
        # 95 % of 42 is 39.9.
        assert len(icb_numbers(quarter_id, metric_id)) >= 40, metric_id
    for metric_id in ("OF0079", "OF0081", "OF0061", "OF0082", "OF0084"):
        assert len(icb_numbers(quarter_id, metric_id)) == 42


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_about_a_third_of_the_boards_are_in_deficit(quarter_id: str) -> None:
    plans, variances = icb_numbers(quarter_id, "OF0079"), icb_numbers(quarter_id, "OF0081")
    deficits = {code for code in plans if plans[code] + variances[code] < 0}
    assert 12 <= len(deficits) <= 16
    # One whose planned deficit and variance add up to nothing is not among them.
    assert plans["ZX0"] == Decimal("-0.75")
    assert plans["ZX0"] + variances["ZX0"] == 0
    assert "ZX0" not in deficits


def test_a_few_cells_are_suppressed_and_a_few_have_no_row() -> None:
    suppressed = {
        (row["quarter"][:2], row["trust_code"], row["metric_id"])
        for row in icb_rows()
        if as_number(row["value"]) is None
    }
    assert suppressed == {
        *((quarter, "ZX3", "OF0016") for quarter in ("Q1", "Q2", "Q3", "Q4")),
        ("Q2", "ZXB", "OF0063"),
        ("Q4", "ZZ2", "OF0041"),
    }
    missing = {
        (quarter_id[-2:], code, metric_id)
        for quarter_id in QUARTER_IDS
        for code in icb_codes()
        for metric_id in {row["metric_id"] for row in icb_rows()}
        if cell(quarter_id, code, metric_id) is None
    }
    assert missing == {
        *((quarter, "ZX7", "OF0057") for quarter in ("Q1", "Q2", "Q3", "Q4")),
        ("Q1", "ZXP", "OF0085"),
        ("Q3", "ZXK", "OF0017"),
        ("Q3", "ZZ5", "OF0063"),
    }


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_two_boards_fail_the_floor(quarter_id: str) -> None:
    failing = {code for code, value in icb_numbers(quarter_id, "OF0057").items() if value < 70}
    assert failing == {"ZX5", "ZZ4"}


def test_a_board_is_the_same_board_from_quarter_to_quarter() -> None:
    for metric_id in ("OF0010", "OF0013", "OF0023"):
        first, last = (icb_numbers(quarter_id, metric_id) for quarter_id in (QUARTER_IDS[0], QUARTER_IDS[-1]))
        order = [sorted(values, key=values.__getitem__) for values in (first, last)]
        moved = [abs(order[0].index(code) - order[1].index(code)) for code in first]
        assert 0 < sum(moved) / len(moved) < 10, metric_id
        assert first != last


def test_the_plan_stands_all_year_and_the_survey_changes_in_q4() -> None:
    plans = [icb_numbers(quarter_id, "OF0079") for quarter_id in QUARTER_IDS]
    assert all(plan == plans[0] for plan in plans)
    surveys = [icb_numbers(quarter_id, "OF0061") for quarter_id in QUARTER_IDS]
    assert surveys[0] == surveys[1] == surveys[2] != surveys[3]


def test_the_five_character_board_is_a_board_like_the_others() -> None:
    assert [code for code in icb_codes() if len(code) == 5] == ["ZXT00"]
    counts = Counter(row["trust_code"] for row in icb_rows())
    assert counts["ZXT00"] == max(counts.values()) == 21 * 4
    assert number("2025-26-Q4", "ZXT00", "OF0023") is not None


def test_boards_that_merge_are_reported_as_two_all_year() -> None:
    for code in cases.MERGED_ICB_CODES:
        assert all(number(quarter_id, code, "OF0079") is not None for quarter_id in QUARTER_IDS)
    assert cases.MERGED_INTO_ICB_CODE not in icb_codes()
