"""Why a segment moved: one small pair of releases for each reason, the answer worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from harness_difference import Tables, pair_of, read_csv, side_of
from harness_difference_segments import CUT_ROWS, METRIC, Q1, Q2, RECOMPUTED, SEGMENT, Row, release

from nof.difference import compare, segments_sql, write_difference
from nof.difference.segments import REASONS, segment_moves


def moved(before: Tables, now: Tables, *, is_method_changed: bool = False) -> list[dict[str, str | None]]:
    with pair_of(before, now) as pair:
        return [dict(row) for row in segment_moves(pair, is_method_changed=is_method_changed)]


def test_its_own_metric_score_with_the_reason_of_each_revision_since() -> None:
    better = {**METRIC, "value": "80", "metric_score": "1.40", "metric_score_unrounded": "1.4"}
    after = {**SEGMENT, "average_metric_score": "1.90", "unadjusted_segment": 1, "adjusted_segment": 1}
    after |= {"final_segment": 1, "segment_low": None, "segment_high": "2"}
    other = {**METRIC, "metric_id": "OF0011", "score_id": "OF1011"}
    context = {**METRIC, "metric_id": "OF0099", "score_id": "OF1099", "enters_average": False}
    (row,) = moved(
        release([SEGMENT], [METRIC, other, context], revisions=[(*RECOMPUTED, 2, "changed_method")]),
        release(
            [after],
            [better, other, {**context, "metric_score": "4.00"}],
            revisions=[
                (*RECOMPUTED, 2, "changed_method"),  # the release before knew it
                (*RECOMPUTED, 3, "restated_input"),
                (*RECOMPUTED, 4, "changed_pool"),
                ("published", *RECOMPUTED[1:], 3, "unexplained"),  # of what was published, not of this score
            ],
        ),
    )
    assert row["reasons"] == "own_metric_scores"
    assert row["own_metric_scores"] == "OF0005 2.00 to 1.40 (restated_input, then changed_pool)"
    assert (row["old_average_metric_score"], row["new_average_metric_score"]) == ("2.10", "1.90")
    assert (row["old_final_segment"], row["new_final_segment"]) == ("2", "1")
    assert (row["old_league_rank"], row["new_league_rank"]) == ("1", "1")
    assert (row["trust_name"], row["change"], row["method"]) == ("Trust A", "changed", "not changed")
    assert [row[name] for name in ("cut_points", "override", "programme", "league")] == [None] * 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"metric_score": "2.50", "value": "69"}, "OF0005 2.00 to 2.50 (its value changed)"),
        ({"metric_score": "2.50"}, "OF0005 2.00 to 2.50 (its value did not change)"),
        (
            {"metric_score_unrounded": "2.004"},
            "OF0005 2.001000000000000 to 2.004000000000000 (its value did not change)",
        ),
        (
            {
                "metric_score": None,
                "metric_score_unrounded": None,
                "value": None,
                "cell_status": "suppressed",
            },
            "OF0005 2.00 to suppressed (its value changed)",
        ),
        (
            {"enters_average": False, "metric_score": "3.00"},
            "OF0005 2.00 to 3.00, no longer in the average (its value did not change)",
        ),
        ({"metric_id": "OF0006"}, None),
    ],
)
def test_its_own_metric_scores_without_revisions(change: Row, words: str | None) -> None:
    after = {**SEGMENT, "average_metric_score": "2.20"}
    (row,) = moved(release([SEGMENT]), release([after], [{**METRIC, **change}]))
    assert row["own_metric_scores"] == words or (
        words is None
        and row["own_metric_scores"]
        == "OF0005 2.00 to no row, no longer in the average (its value changed); "
        "OF0006 no row to 2.00, new in the average (its value changed)"
    )
    assert row["reasons"] == "own_metric_scores"


def test_cut_points_of_the_trust_s_own_partition() -> None:
    after = {**SEGMENT, "unadjusted_segment": 1, "adjusted_segment": 1, "final_segment": 1}
    after |= {"segment_low": None, "segment_high": "2.15"}
    cuts = [
        (Q1, "OF5002", "all", "1/2", 1, 2.15),
        *CUT_ROWS[1:],
        (Q1, "OF5002", "small", "1/2", 1, 3.1),  # of another partition
        (Q1, "OF4000", "all", "1/2", 1, 1.1),  # of a domain
    ]
    (row,) = moved(release([SEGMENT]), release([after], cuts=cuts))
    assert row["reasons"] == "cut_points"
    assert row["cut_points"] == "1/2 2 to 2.15"


@pytest.mark.parametrize(
    ("change", "reasons", "column", "words"),
    [
        (
            {"has_financial_override": True, "override_segment_floor": 3, "adjusted_segment": 3}
            | {"final_segment": 3},
            "override",
            "override",
            "off to on (segment 3 at best)",
        ),
        (
            {"has_financial_override": None, "adjusted_segment": None, "final_segment": None},
            "override",
            "override",
            "off to not known",
        ),
        (
            {"system_segment_steps": 1, "adjusted_segment": 3, "final_segment": 3},
            "system_adjustment",
            "system_adjustment",
            "0 to 1 steps",
        ),
        (
            {"is_in_improvement_programme": True, "final_segment": 5, "final_segment_basis": "decision"},
            "programme",
            "programme",
            "not in (published) to in (decision)",
        ),
        (
            {"is_in_improvement_programme": None, "final_segment": None, "final_segment_basis": "unknown"},
            "programme",
            "programme",
            "not in (published) to not known (unknown)",
        ),
        (
            {"league_rank": 2, "league_trust_count": 3},
            "other_trusts",
            "league",
            "2 to 3 trusts ranked",
        ),
        (
            {"average_metric_score": "2.15", "metrics_counted": 3},
            "metrics_counted",
            "own_metric_scores",
            None,
        ),
        ({"final_segment": 3}, "unexplained", "programme", None),
        ({"adjusted_segment": 3}, "unexplained", "override", None),
        ({"unadjusted_segment": 3}, "unexplained", "cut_points", None),
        ({"average_metric_score": "2.11"}, "unexplained", "own_metric_scores", None),
        (
            {"delivery_status": "incomplete", "average_metric_score": None, "unadjusted_segment": None}
            | {"adjusted_segment": None, "final_segment": None, "league_rank": None},
            "completeness",
            "cut_points",
            None,
        ),
    ],
)
def test_each_other_reason(change: Row, reasons: str, column: str, words: str | None) -> None:
    (row,) = moved(release([SEGMENT]), release([{**SEGMENT, **change}]))
    assert (row["reasons"], row[column]) == (reasons, words)


def test_a_changed_method_is_a_reason_of_every_move_and_leaves_none_unexplained() -> None:
    before, now = release([SEGMENT]), release([{**SEGMENT, "average_metric_score": "2.11"}])
    (row,) = moved(before, now, is_method_changed=True)
    assert (row["reasons"], row["method"]) == ("method", "changed")


def test_a_trust_that_came_into_or_left_a_quarter_and_a_whole_new_quarter() -> None:
    other, third = {**SEGMENT, "trust_code": "ZZB"}, {**SEGMENT, "trust_code": "ZZC"}
    newer = {**SEGMENT, "quarter_id": Q2, "average_metric_score": "4.00"}
    rows = moved(release([SEGMENT, other]), release([SEGMENT, third, newer]))
    assert [(row["trust_code"], row["change"], row["reasons"]) for row in rows] == [
        ("ZZB", "went", "row_went"),
        ("ZZC", "came", "row_came"),
    ]
    assert (rows[0]["old_final_segment"], rows[0]["new_final_segment"]) == ("2", None)
    assert rows[0]["trust_name"] == "Trust B"  # of the release before: this one does not know it


def test_a_release_of_an_earlier_layout_has_nothing_in_columns_it_did_not_have() -> None:
    names = ("framework_id", "quarter_id", "trust_code", "average_metric_score", "final_segment")
    old = {name: SEGMENT[name] for name in names}
    before = {"fct_segment": release([old])["fct_segment"]}
    (row,) = moved(before, release([SEGMENT]))
    assert (row["old_league_rank"], row["new_league_rank"]) == (None, "1")
    assert (row["old_final_segment"], row["new_final_segment"]) == ("2", "2")


def test_every_reason_has_words() -> None:
    source = Path(segments_sql.__file__).read_text(encoding="utf-8")
    assert all(f"'{reason}'" in source for reason in REASONS)


def test_the_page_says_what_moved_and_why(tmp_path: Path) -> None:
    after = {**SEGMENT, "is_in_improvement_programme": True, "final_segment": 5}
    after |= {"final_segment_basis": "decision"}
    before = side_of(tmp_path / "one", release([SEGMENT]))
    now = replace(side_of(tmp_path / "two", release([after])), method_sha256="n" * 64)
    with compare(before, now) as difference:
        write_difference(difference, tmp_path / "difference")
    page = (tmp_path / "difference/index.html").read_text(encoding="utf-8")
    assert "The segment of 1 trust moved, in 2025-26-Q1." in page
    assert "The method changed." in page
    assert ">Final segment: </span>2 to 5</td>" in page
    assert "Improvement programme: not in (published) to in (decision)" in page
    assert "What is known of the improvement programme changed and the method changed." in page
    (row,) = read_csv(tmp_path / "difference/segments.csv")
    assert (row["old_final_segment"], row["new_final_segment"], row["old_league_rank"]) == ("2", "5", "1")
