"""What if on NHS England's own files, where most pools cross into trust types that are not in hand."""

import random
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness_published import ROOT
from harness_what_if import FRAMEWORK, Q3, Q4, asked, moved, real_files, reasons

from nof.whatif import WhatIf


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> WhatIf:
    return real_files(tmp_path_factory, data_dir)


def test_a_pool_that_crosses_types_cannot_be_told_and_nothing_is_shown_as_unmoved(nation: WhatIf) -> None:
    answer = asked(nation, "RAT", "OF0005=2.5")
    why = "cannot be computed: pool reporting of metric OF0005 has 42 of 120"
    found = reasons(answer, "RAT")
    for figure, measure in (
        ("metric_score", "OF1005"),
        ("domain_score", "OF4000"),
        ("domain_segment", "OF4100"),
        ("average_metric_score", "OF5002"),
        ("unadjusted_segment", "OF5003"),
        ("adjusted_segment", "OF5000"),
    ):
        assert found[figure, measure] == why
    assert ("league_rank", "OF5000") in found
    # The same for the others of the pool that are in hand, and nothing of them is given as a figure.
    untold = answer.only("cannot_be_told")
    assert len({each.trust_code for each in untold if each.figure == "metric_score"}) == 42
    assert len({each.trust_code for each in untold if each.figure == "league_rank"}) == 61
    assert {each.after for each in untold} == {None}
    assert not answer.only("moved", "metric_score")
    assert answer.standings[0].untold == why
    assert (answer.voided.ranks, answer.voided.scores) == (42, 42)


def test_a_pool_within_the_type_is_told(nation: WhatIf) -> None:
    answer = asked(nation, "RAT", "OF0061=7.2")
    assert answer.can_be_told
    # Three trusts have more than 7.2: rank 4 of 61.
    assert moved(answer, "RAT", "pool_rank", "OF0061")[1] == 4
    assert moved(answer, "RAT", "metric_score", "OF1061")[1] == Decimal("1.15")
    assert moved(answer, "RAT", "adjusted_segment", "OF5000") == (2, 1)
    assert any("cut points are those observed" in note for note in answer.notes)
    assert not answer.only("moved", "cut_point")


def test_a_fixed_part_is_told_although_the_pool_is_not_whole(nation: WhatIf) -> None:
    answer = asked(nation, "RAT", "OF0057=40")
    assert moved(answer, "RAT", "metric_score", "OF1057") == (Decimal("1.99"), Decimal("4.00"))
    assert moved(answer, "RAT", "adjusted_segment", "OF5000") == (2, 3)
    # Those that do not fail the floor are ranked among themselves, and their pool is not in hand.
    untold = {each.trust_code for each in answer.only("cannot_be_told", "metric_score")}
    assert len(untold) == 34
    assert "RAT" not in untold


def test_a_pool_that_is_missed_by_a_value_taken_away_cannot_be_told_for_the_others(nation: WhatIf) -> None:
    answer = asked(nation, "RTQ", "OF0082=")
    assert moved(answer, "RTQ", "metric_score", "OF1082") == (Decimal("2.37"), None)
    assert moved(answer, "RTQ", "domain_score", "OF4004")[1] is not None
    assert len({each.trust_code for each in answer.only("cannot_be_told", "metric_score")}) == 60


def test_a_published_score_without_a_value_gives_way_to_a_value(nation: WhatIf) -> None:
    answer = asked(nation, "RAT", "OF0067=Good")
    assert moved(answer, "RAT", "metric_score", "OF1067") == (None, Decimal("2.00"))
    assert answer.can_be_told


def test_an_override_that_its_inputs_did_not_explain_is_left_open(nation: WhatIf) -> None:
    # RYG: flagged in Q4 although plan and variance add up to 0.66; support is not in hand.
    answer = asked(nation, "RYG", "OF0079=1")
    assert "the published flag is set" in reasons(answer, "RYG")["financial_override", "OF5004"]
    # In segment 4 the override changes nothing.
    assert ("adjusted_segment", "OF5000") not in reasons(answer, "RYG")
    # With a deficit the inputs say themselves what is published.
    assert asked(nation, "RYG", "OF0079=-3").can_be_told


def test_an_open_override_leaves_the_segment_open_and_the_places_of_the_others(nation: WhatIf) -> None:
    # RXT in Q2: -0.2 and not flagged, in segment 2 or better. With -1 it may be flagged or not.
    answer = asked(nation, "RXT", "OF0081=-1", quarter="2025-26-Q2")
    found = reasons(answer, "RXT")
    assert ("financial_override", "OF5004") in found
    if answer.standings[0].before["unadjusted_segment"] in (1, 2):
        assert ("adjusted_segment", "OF5000") in found
        assert len({each.trust_code for each in answer.only("cannot_be_told", "league_rank")}) == 61


def test_the_override_appears_where_the_plan_is_pushed_below_nought(nation: WhatIf) -> None:
    answer = asked(nation, "RV9", "OF0079=-3", quarter=Q3)
    assert moved(answer, "RV9", "financial_override", "OF5004") == (False, True)
    assert moved(answer, "RV9", "adjusted_segment", "OF5000") == (1, 3)


def test_what_is_released_is_what_the_files_publish(nation: WhatIf) -> None:
    answer = asked(nation, "RAT", "OF0005=2.5")
    (score,) = (
        each
        for each in answer.only("cannot_be_told", "metric_score")
        if (each.trust_code, each.measure_id) == ("RAT", "OF1005")
    )
    assert (score.released, score.basis_before) == (Decimal("3.14"), "published")
    assert {each.quarter_id for each in answer.figures} == {Q4}


# Each distance that is a number or a label; one step of the metric before the number.
DISTANCES = """
    select direction, metric_id, trust_code, unadjusted_segment, reached_segment, reached_adjusted_segment,
        average_then, coalesce(needed_label, cast(needed_value as varchar)) as needed,
        cast(needed_value - sign(needed_change) * cast(value_step as decimal(12, 10)) as varchar)
            as short
    from publication.fct_segment_distance
    left join read_csv($steps, all_varchar = true) as value_steps using (framework_id, metric_id)
    where distance_status = 'distance' and framework_id = $framework order by all
"""


def test_a_stated_distance_is_what_the_whole_nation_makes_of_it(nation: WhatIf, real_release: Path) -> None:
    """One trust for each metric and direction: the needed value moves the segment, a step less does not."""
    steps = str(ROOT / "seeds" / "framework" / "value_steps.csv")
    with duckdb.connect(str(real_release / "nof.duckdb"), read_only=True) as connection:
        rows = connection.execute(DISTANCES, {"steps": steps, "framework": FRAMEWORK}).fetchall()
    of_each: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for direction, metric, *row in rows:
        of_each.setdefault((direction, metric), []).append(tuple(row))
    # In the other metrics a pool crosses trust types, or nothing suffices.
    assert {metric for _, metric in of_each} == {"OF0035", "OF0061", "OF0079", "OF0081", "OF0084"}
    assert len(of_each) == 10
    chooser = random.Random(2026)
    for (direction, metric), found in of_each.items():
        trust, segment, reached, adjusted, average, needed, short = chooser.choice(found)
        what = f"{trust} {metric} {direction}"
        after = asked(nation, str(trust), f"{metric}={needed}").standings[0].after
        assert after["unadjusted_segment"] == reached, what
        assert after["average_metric_score"] == average, what
        assert adjusted in (None, after["adjusted_segment"]), what
        if short is not None:
            after = asked(nation, str(trust), f"{metric}={short}").standings[0].after
            assert after["unadjusted_segment"] == segment, what
