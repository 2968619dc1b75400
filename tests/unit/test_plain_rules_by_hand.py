"""Small cases of the plain statement of the rules, with the arithmetic beside them for a person to follow.

ICBs, registers, fixed thresholds and the adjustment of systems are in test_plain_rules_beyond.py.
"""

from fractions import Fraction

import pytest
from harness_by_hand import ACUTE, AMBULANCE, MENTAL, QUARTER, SEEDS, rows_of, scores, small_method

from harness_some import some
from plain_rules import Row, work_out
from plain_rules.arithmetic import half_up, quantile
from plain_rules.scores import adopt
from plain_rules.segments import CutPoint, adjust, segment_of
from plain_rules.values import Cell


def test_a_tie_takes_the_best_rank() -> None:
    # Sickness, lower is better, n = 4, ranks 1 2 2 4: 1 + 3 x 0/3, 1 + 3 x 1/3 twice, 1 + 3 x 3/3.
    made = work_out(
        small_method(), rows_of(ACUTE, "OF0082", {"A": "5.0", "B": "4.1", "C": "4.0", "D": "4.1"})
    )
    assert scores(made, "OF0082") == {"C": 1, "B": 2, "D": 2, "A": 4}


def test_a_whole_tied_last_place_never_reaches_four() -> None:
    # n = 3, ranks 1 2 2: 1, then 1 + 3 x 1/2 = 2.5 twice.
    made = work_out(small_method(), rows_of(ACUTE, "OF0082", {"A": "4", "B": "5", "C": "5.0"}))
    assert scores(made, "OF0082") == {"A": 1, "B": Fraction(5, 2), "C": Fraction(5, 2)}


def test_a_standard_that_is_met_is_one_and_the_rest_share_two_to_four() -> None:
    # 28 days, at least 80: two meet it; the misses rank among themselves, n = 3: 2, 2 + 2 x 1/2 = 3, 4.
    values = {"A": "80", "B": "91.2", "C": "79.99", "D": "70", "E": "60"}
    made = work_out(small_method(), rows_of(ACUTE, "OF0010", values))
    assert scores(made, "OF0010") == {"A": 1, "B": 1, "C": 2, "D": 3, "E": 4}


def test_a_floor_that_is_failed_is_four_and_the_rest_share_one_to_three() -> None:
    # Urgent community response, floor 70: 69.99 fails it, 70 does not; n = 3: 1, 2, 3.
    values = {"A": "69.99", "B": "70", "C": "80", "D": "90"}
    made = work_out(small_method(), rows_of(ACUTE, "OF0057", values))
    assert scores(made, "OF0057") == {"A": 4, "B": 3, "C": 2, "D": 1}


def test_one_alone_in_a_ranked_part_takes_its_best_end() -> None:
    made = work_out(small_method(), rows_of(ACUTE, "OF0010", {"A": "95", "B": "12"}))
    assert scores(made, "OF0010") == {"A": 1, "B": 2}


@pytest.mark.parametrize(
    ("metric", "value", "expected"),
    [
        ("OF0079", "0", 1), ("OF0079", "-0.01", 2), ("OF0079", "-0.99", 2), ("OF0079", "-1", 3),
        ("OF0079", "-2", 3), ("OF0079", "-2.01", 4), ("OF0081", "0.0", 1), ("OF0081", "-0.49", 2),
        ("OF0081", "-0.5", 3), ("OF0081", "-0.99", 3), ("OF0081", "-1", 4), ("OF0067", "Outstanding", 1),
        ("OF0067", "Inadequate", 4), ("OF0035", "Much worse than expected", 4),
    ],
)  # fmt: skip
def test_bands_and_their_edges(metric: str, value: str, expected: int) -> None:
    assert scores(work_out(small_method(), rows_of(ACUTE, metric, {"A": value})), metric) == {"A": expected}


def test_the_matrix_looks_plan_up_in_rows_and_variance_in_columns() -> None:
    plan, variance = {1: "1", 2: "-0.5", 3: "-1.5", 4: "-9"}, {1: "1", 2: "-0.2", 3: "-0.7", 4: "-9"}
    expected = {1: (1, 1, 2, 3), 2: (2, 2, 3, 4), 3: (2, 3, 3, 4), 4: (2, 3, 4, 4)}
    for row, cells in expected.items():
        for column, score in some(enumerate(cells, start=1)):
            rows = rows_of(ACUTE, "OF0079", {"A": plan[row]}) + rows_of(
                ACUTE, "OF0081", {"A": variance[column]}
            )
            assert scores(work_out(small_method(), rows), "OF0080") == {"A": score}


def test_the_published_rank_orders_a_pool_that_is_a_trust_type() -> None:
    # Two values print as 6.5; the published ranks 1 2 3 know better. One rank missing: by value, 2 2 1.
    ranked = [
        Row(QUARTER, MENTAL, trust, "OF0061", "out of 10", value, rank)
        for trust, value, rank in (("A", "6.5", 3), ("B", "6.5", 2), ("C", "6.6", 1))
    ]
    assert scores(work_out(small_method(), ranked), "OF0061") == {"A": 4, "B": Fraction(5, 2), "C": 1}
    ranked[2] = Row(QUARTER, MENTAL, "C", "OF0061", "out of 10", "6.6")
    assert scores(work_out(small_method(), ranked), "OF0061") == {
        "A": Fraction(5, 2),
        "B": Fraction(5, 2),
        "C": 1,
    }


@pytest.mark.parametrize(
    ("size", "published", "expected", "is_restored"),
    [
        (205, "1.01", 1 + Fraction(3, 204), True),  # k = 1: 1.0147 prints as 1.01
        (205, "1.02", Fraction("1.02"), False),  # between 1.0147 and 1.0294: no point prints so
        (4, "2.00", Fraction(2), True),  # k = 1 of 3
        (None, "1.01", Fraction("1.01"), False),
    ],
)
def test_a_published_score_goes_back_to_its_grid_only_where_a_point_prints_so(
    size: int | None, published: str, expected: Fraction, is_restored: bool
) -> None:
    cell = Cell(QUARTER, MENTAL, "A", "OF0082", "scored", published_score=Fraction(published))
    made = adopt(SEEDS.families["rank"], cell, size)
    assert (made.score, made.basis, made.is_restored) == (expected, "published", is_restored)


def test_a_pool_below_its_recorded_size_gives_way_to_the_published_score() -> None:
    rows = rows_of(MENTAL, "OF0082", {"A": "4", "B": "5"}) + rows_of(MENTAL, "OF1082", {"A": "2.00"})
    made = work_out(small_method({("OF0082", "all"): 4}), rows)
    bases = {trust: made.cells[QUARTER, trust, "OF0082"].basis for trust in "AB"}
    # A: 2.00 is the second of four; B: nothing published, so its place among the two in hand, 1 + 3 x 1/1.
    assert bases == {"A": "published", "B": "computed_partial_pool"}
    assert scores(made, "OF0082") == {"A": 2, "B": 4}


def test_infections_weigh_as_one_and_the_missing_one_is_left_out() -> None:
    # MRSA 0 cases: 1. E. coli 1.2, alone in its ranked part: 2. Mean 1.5, weighs one; sickness 1: mean 1.25.
    rows = [
        *rows_of(ACUTE, "OF0020", {"A": "0"}),
        *rows_of(ACUTE, "OF0048", {"A": "1.2"}),
        Row(QUARTER, ACUTE, "A", "OF0048", "count", "99"),
        *rows_of(ACUTE, "OF0082", {"A": "4"}),
    ]
    average = work_out(small_method(), rows).trusts[QUARTER, "A"].average
    assert average is not None
    assert (average.exact, average.units_counted, average.metrics_counted) == (Fraction(5, 4), 2, 3)


def test_components_of_the_matrix_enter_no_average() -> None:
    # Plan 1, variance 4, combined 3: only the 3 counts.
    rows = rows_of(ACUTE, "OF0079", {"A": "1"}) + rows_of(ACUTE, "OF0081", {"A": "-5"})
    average = work_out(small_method(), rows).trusts[QUARTER, "A"].average
    assert average is not None
    assert average.exact == 3


def test_the_first_quarter_rounds_three_scores_before_averaging() -> None:
    # Eight report, rank 2: 1 + 3/7 = 1.428571, rounded first to 1.43.
    values = {trust: str(place) for place, trust in enumerate("ABCDEFGH")}
    for quarter, expected in (("2025-26-Q1", Fraction("1.43")), ("2025-26-Q2", Fraction(10, 7))):
        made = work_out(small_method(), rows_of(ACUTE, "OF0005", values, quarter))
        average = made.trusts[quarter, "B"].average
        assert average is not None
        assert average.exact == expected


def test_rounding_is_half_up_on_the_exact_fraction() -> None:
    assert half_up(Fraction("1.505")) == Fraction("1.51")
    assert half_up(Fraction("2.675")) == Fraction("2.68")  # the double nearest to 2.675 lies below it
    assert half_up(Fraction("-0.125")) == Fraction("-0.13")


def test_quantiles_are_type_7() -> None:
    # Position (4 - 1) x 0.25 = 0.75: 1 + 0.75 x (2 - 1).
    assert quantile([Fraction(n) for n in (4, 1, 3, 2)], Fraction(1, 4)) == Fraction("1.75")
    assert quantile([Fraction(7)], Fraction(3, 4)) == 7


def test_a_score_on_a_cut_point_is_inside() -> None:
    points = [CutPoint(f"{n}/{n + 1}", n, Fraction(n) + 1, "computed") for n in (1, 2, 3)]
    made = [segment_of(Fraction(n), points, is_cut_point_inside=True) for n in ("2", "2.01", "4", "4.01")]
    assert made == [1, 2, 3, 4]
    assert segment_of(Fraction(2), points, is_cut_point_inside=False) == 2


@pytest.mark.parametrize(
    ("unadjusted", "flag", "adjusted"),
    [(1, True, 3), (4, True, 4), (2, False, 2), (2, None, None), (3, None, 3), (None, True, None)],
)
def test_the_override_lifts_to_the_floor_and_an_unknown_one_matters_only_below_it(
    unadjusted: int | None, flag: bool | None, adjusted: int | None
) -> None:
    assert adjust(unadjusted, flag, 3) == adjusted


def test_an_overridden_trust_ranks_after_every_trust_of_a_better_segment() -> None:
    # Averages 1 2 3 4, quartiles 1.75 2.5 3.25; A would be segment 1 and is overridden to 3, level with C.
    values = {"A": "1", "B": "2", "C": "3", "D": "4"}
    rows = rows_of(MENTAL, "OF0082", values) + [
        Row(QUARTER, MENTAL, trust, "OF5004", "flag", "1.0" if trust == "A" else "0.0") for trust in values
    ]
    rows += [
        Row(QUARTER, MENTAL, "D", "OF5007", "flag", "1"),
        Row(QUARTER, MENTAL, "B", "OF5007", "flag", "0"),
    ]
    made = work_out(small_method(), rows)
    results = {trust: made.trusts[QUARTER, trust] for trust in values}
    assert [results[trust].unadjusted for trust in "ABCD"] == [1, 2, 3, 4]
    assert [results[trust].adjusted for trust in "ABCD"] == [3, 2, 3, 4]
    assert [results[trust].league_rank for trust in "ABCD"] == [2, 1, 3, 4]
    assert [results[trust].average_rank for trust in "ABCD"] == [1, 2, 3, 4]
    assert [results[trust].final for trust in "ABCD"] == [None, 2, None, 5]


def test_absence_has_a_cause_only_where_it_is_known() -> None:
    method = small_method(ambulance=9)
    rows = [*rows_of(MENTAL, "OF0082", {"A": "*"}), *rows_of(AMBULANCE, "OF0082", {"Z": "4"})]
    made = work_out(method, [*rows, *rows_of(MENTAL, "OF0085", {"A": "2"})])
    status = {(trust, metric): cell.status for (_, trust, metric), cell in made.cells.items()}
    assert status["A", "OF0082"] == "suppressed"
    assert status["A", "OF0085"] == "excluded"
    assert status["A", "OF0061"] == "not_reported"
    assert status["Z", "OF0061"] == "absent"
    assert status["A", "OF0016"] == "absent"
    assert status["A", "OF0017"] == "not_applicable"
    assert made.trusts[QUARTER, "Z"].average is None
