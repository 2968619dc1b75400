"""Words of the pages of the nation: how a metric is scored, what is not in hand, what columns sort by."""

from decimal import Decimal

import pytest

from nof.site.nation.hand import Standing, TypeInHand, missing_sentences
from nof.site.nation.metric_counts import status_counts
from nof.site.nation.metric_rules import MethodRows, bands, polarity, scoring, threshold, weight
from nof.site.nation.order import places, text_key
from nof.site.nation.words import bases_in_words, cut_points_in_words

METRIC = {
    "metric_id": "OF0011",
    "metric_label": "62 days",
    "unit_label": "%",
    "polarity": "higher",
    "value_kind": "number",
    "scoring_family": "rank_with_standard",
    "enters_average": True,
    "weight_group_id": "OF0011",
    "threshold_kind": "standard",
    "threshold_comparator": "at_least",
    "threshold": Decimal("75.0000"),
}
FAMILIES = {
    name: {
        "fixed_when_met": met,
        "fixed_score": fixed,
        "ranked_low": Decimal(low),
        "ranked_high": Decimal(high),
    }
    for name, met, fixed, low, high in (
        ("rank", None, None, 1, 4),
        ("rank_with_standard", True, Decimal(1), 2, 4),
        ("rank_with_floor", False, Decimal(4), 1, 3),
    )
}
METHOD = MethodRows(families=FAMILIES, value_bands=(), label_bands=(), matrix_cells=())


def test_a_standard_says_who_scores_best_and_how_the_rest_is_ranked() -> None:
    said = scoring(METRIC, METHOD)
    assert "meets the standard (at least 75%) scores 1.00" in said
    assert "from 2.00 for the best to 4.00 for the last" in said
    assert threshold(METRIC) == "at least 75%"
    assert polarity(METRIC) == "A higher value"


def test_a_floor_says_who_fails() -> None:
    floor = {**METRIC, "scoring_family": "rank_with_floor", "threshold_kind": "floor"}
    assert "does not meet the floor (at least 75%) scores 4.00" in scoring(floor, METHOD)


def test_a_rank_has_no_fixed_part() -> None:
    assert scoring({**METRIC, "scoring_family": "rank"}, METHOD).startswith(
        "All trusts of the pool are ranked"
    )


@pytest.mark.parametrize("family", ["none", "unheard of"])
def test_what_has_no_family_is_not_scored(family: str) -> None:
    assert scoring({**METRIC, "scoring_family": family}, METHOD) == "It is not scored."


def test_bands_say_which_edge_is_inside() -> None:
    def band(
        low: str | None, high: str | None, score: int, *, inside: tuple[bool, bool]
    ) -> dict[str, object]:
        return {
            "metric_id": "OF0011",
            "lower_bound": None if low is None else Decimal(low),
            "is_lower_inclusive": inside[0],
            "upper_bound": None if high is None else Decimal(high),
            "is_upper_inclusive": inside[1],
            "band_score": Decimal(score),
            "certainty": "data",
        }

    rows = (
        band("0", None, 1, inside=(True, False)),
        band("-0.5", "0", 2, inside=(False, False)),
        band(None, "-0.5", 3, inside=(False, True)),
    )
    method = MethodRows(FAMILIES, rows, (), ())
    found = bands(METRIC, method, {})
    assert found is not None
    assert [row[:2] for row in found.rows] == [
        ("at least 0%", "1.00"),
        ("above −0.5% and below 0%", "2.00"),
        ("up to −0.5%", "3.00"),
    ]
    assert bands({**METRIC, "metric_id": "other"}, method, {}) is None


def test_a_matrix_marks_the_cell_that_was_never_observed() -> None:
    cells = tuple(
        {
            "metric_id": "OF0080",
            "row_metric_id": "a",
            "column_metric_id": "b",
            "row_score": row,
            "column_score": column,
            "cell_score": Decimal(row),
            "certainty": "default" if (row, column) == (2, 1) else "data",
        }
        for row in (1, 2)
        for column in (1, 2)
    )
    metrics = {"a": {"metric_label": "Plan"}, "b": {"metric_label": "Variance"}}
    found = bands({"metric_id": "OF0080"}, MethodRows(FAMILIES, (), (), cells), metrics)
    assert found is not None
    assert found.rows == (("1", "1.00", "1.00"), ("2", "2.00 (default)", "2.00"))
    assert "“Plan” (rows)" in found.caption


def test_metrics_share_a_weight_only_with_those_that_enter() -> None:
    metrics = {
        "A": {**METRIC, "metric_id": "A", "weight_group_id": "infections"},
        "B": {**METRIC, "metric_id": "B", "weight_group_id": "infections"},
        "C": {**METRIC, "metric_id": "C", "weight_group_id": "infections", "enters_average": False},
    }
    assert weight(metrics["A"], metrics) == ("B",)
    assert weight(metrics["C"], metrics) == ()


def standing(
    count: int, expected: int, *, weakest: int = 0, averages: int = 0, label: str = "Q1"
) -> Standing:
    row = {
        "trust_count": count,
        "expected_trust_count": expected,
        "is_complete": averages > 0,
        "weakest_core_metric_count": weakest,
        "average_count": averages,
    }
    return Standing(row, label, count > 0, "")


def test_nothing_is_said_where_nothing_is_missing() -> None:
    whole = TypeInHand("acute", "Acute trust", (standing(134, 134, averages=134),))
    assert missing_sentences([whole], "Q1") == ()


def test_what_is_missing_is_said_of_each_type() -> None:
    in_hand = [
        TypeInHand("acute", "Acute trust", (standing(0, 134), standing(134, 134, weakest=3, label="Q2"))),
        TypeInHand("mhc", "Mental health trust", (standing(61, 61, averages=61),)),
        TypeInHand("ambulance", "Ambulance trust", (standing(0, 10), standing(0, 10))),
    ]
    first, second, third, last = missing_sentences(in_hand, "Q2")
    assert first == "Acute trusts: nothing is in hand for Q1."
    assert second.startswith(
        "Acute trusts in Q2: 134 of 134 trusts are in hand, but the core metric that fewest"
    )
    assert third == "Ambulance trusts: nothing is in hand."
    assert last == "So in Q2 only mental health trusts have averages, segments and ranks."


def test_places_are_whole_numbers_and_missing_ones_come_last() -> None:
    assert places([Decimal("-2.5"), None, Decimal("0.05"), Decimal("-10"), Decimal("0.05")]) == [
        2,
        4,
        3,
        1,
        3,
    ]
    assert places([]) == []
    assert text_key("St George's") == "st george's"
    assert text_key(None) is None


def test_bases_are_said_once_the_strongest_first() -> None:
    said = bases_in_words(["computed_partial_pool", "computed", None, "computed"])
    assert said.startswith("computed: made from values")
    assert said.count("computed partial pool: ") == 1
    assert not bases_in_words([None])
    assert cut_points_in_words(["observed"]).startswith("observed: the middle between")


def test_statuses_that_nobody_has_are_left_out_and_reasons_are_kept_apart() -> None:
    def cell(status: str, reason: str | None, kind: str) -> dict[str, object]:
        return {"status": status, "missing_reason": reason, "trust_type_id": kind}

    cells = [
        cell("absent", "no row", "acute"),
        cell("not_applicable", "not for this type", "ambulance"),
        cell("not_applicable", "service not run", "acute"),
        cell("scored", None, "acute"),
        cell("scored", None, "acute"),
    ]
    found = status_counts(cells, ("acute", "ambulance"), {"scored": "a score was made"})
    assert [(each.label, each.meaning, each.counts) for each in found] == [
        ("scored", "a score was made", (2, 0)),
        ("absent", "no row", (1, 0)),
        ("not applicable", "not for this type", (0, 1)),
        ("not applicable", "service not run", (1, 0)),
    ]
