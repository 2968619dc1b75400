"""What the release of the bundled nation says beside its segments: ratings, responses, targets and the rest.

The figures were worked by hand from the nation's rows; docs/methodology/bundled-nation.md names its cases.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

Row = tuple[Any, ...]


class Release:
    """The database of a release, asked for rows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, query: str) -> list[Row]:
        return self.connection.execute(query).fetchall()


@pytest.fixture
def release(bundled_release: Path) -> Iterator[Release]:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        connection.execute("use publication")
        yield Release(connection)


def test_a_rating_is_that_of_the_quarter_and_leaves_the_segment(release: Release) -> None:
    # ZC5's rating of May, in the words of the draft, is replaced in November; ZA4's was withdrawn.
    assert release.rows(
        "select quarter_id, trust_code, rating_label from fct_capability where subject_id = 'overall' "
        "and trust_code in ('ZA4', 'ZC5') and quarter_id >= '2025-26-Q2' order by trust_code, quarter_id"
    ) == [
        ("2025-26-Q2", "ZA4", None),
        ("2025-26-Q3", "ZA4", None),
        ("2025-26-Q4", "ZA4", None),
        ("2025-26-Q2", "ZC5", "Major concerns"),
        ("2025-26-Q3", "ZC5", "Red"),
        ("2025-26-Q4", "ZC5", "Red"),
    ]
    # Rated worst in the best segment, and best in the worst.
    assert release.rows(
        "select trust_code, rating_label, adjusted_segment, final_segment from fct_capability "
        "inner join fct_segment using (framework_id, quarter_id, trust_code) where quarter_id = '2025-26-Q3' "
        "and subject_id = 'overall' and trust_code in ('ZC9', 'ZG3') order by trust_code"
    ) == [("ZC9", "Red", 1, 1), ("ZG3", "Green", 4, 4)]


def test_every_organisation_has_a_row_for_each_subject_of_its_rating(release: Release) -> None:
    # 205 trusts with seven subjects, and 42 ICBs with one, in each of four quarters.
    assert release.rows(
        "select register_id, count(*) from fct_capability where quarter_id = '2025-26-Q3' "
        "group by 1 order by 1"
    ) == [("capability_rating", 205 * 7), ("icb_assessment", 42)]
    assert release.rows("select count(*) from fct_capability") == [(4 * (205 * 7 + 42),)]


def test_segment_5_is_followed_by_its_consequences(release: Release) -> None:
    # In the programme: ZC5 all year, ZH6 in Q3 only, ZL2 in Q4.
    for consequence in ("pay_award_withheld", "programme_support"):
        assert release.rows(
            "select quarter_id, trust_code, trigger_value from fct_response where outcome = 'applies' "
            f"and consequence_id = '{consequence}' order by quarter_id, trust_code"
        ) == [
            ("2025-26-Q1", "ZC5", 5),
            ("2025-26-Q2", "ZC5", 5),
            ("2025-26-Q3", "ZC5", 5),
            ("2025-26-Q3", "ZH6", 5),
            ("2025-26-Q4", "ZC5", 5),
            ("2025-26-Q4", "ZL2", 5),
        ]
    assert release.rows(
        "select distinct final_segment from fct_response inner join fct_segment "
        "using (framework_id, quarter_id, trust_code) where outcome = 'applies' "
        "and consequence_kind in ('autonomy', 'capital')"
    ) == [(1,)]


def test_segment_4_trusts_that_await_a_diagnostic_review_are_listed(release: Release) -> None:
    told = release.rows(
        "select quarter_id, trust_code, review_status from fct_response "
        "where review_status in ('under_way', 'completed') and quarter_id >= '2025-26-Q3' order by 1, 2"
    )
    assert told == [
        ("2025-26-Q3", "ZC5", "completed"),
        ("2025-26-Q3", "ZF4", "under_way"),
        ("2025-26-Q3", "ZG1", "under_way"),
        ("2025-26-Q3", "ZH6", "completed"),
        ("2025-26-Q4", "ZC5", "completed"),
        ("2025-26-Q4", "ZF4", "under_way"),
        ("2025-26-Q4", "ZG1", "completed"),
        ("2025-26-Q4", "ZH6", "completed"),
        ("2025-26-Q4", "ZL2", "completed"),
    ]
    awaiting = release.rows(
        "select count(*) from fct_response where review_status = 'awaiting' group by quarter_id"
    )
    in_segment_4 = release.rows("select count(*) from fct_segment where adjusted_segment = 4")
    assert sum(count for (count,) in awaiting) + len(told) + 2 == in_segment_4[0][0]


def test_support_follows_from_a_low_score_in_a_priority_area(release: Release) -> None:
    found = dict(
        release.rows(
            "select consequence_id, outcome || ' ' || coalesce(trigger_value, 0) from fct_response "
            "where trust_code = 'ZG1' and quarter_id = '2025-26-Q3' and trigger_kind = 'priority_area_score'"
        )
    )
    assert found == {
        "support_finance": "applies 3.00",
        "support_urgent_and_emergency_care": "does_not_apply 2.44",
        "support_elective": "applies 3.14",
        "support_mental_health": "unknown 0.00",
    }
    # Ambulance trusts have no elective and no mental health care, so no row about it.
    assert release.rows(
        "select distinct consequence_id from fct_response where trust_type_id = 'ambulance' "
        "and trigger_kind = 'priority_area_score' order by 1"
    ) == [("support_finance",), ("support_urgent_and_emergency_care",)]


def test_targets_and_plans_stand_beside_their_values(release: Release) -> None:
    query = """
        select trust_code, target_value, target_basis, gap_to_target, is_on_target from fct_target
        where quarter_id = '2025-26-Q4' and metric_id = 'OF0023' and target_id = '{}'
        and trust_code in ('ZA4', 'ZE5', 'ZF3', 'ZH6') order by trust_code
    """
    improvement = "improvement_on_baseline"
    # 65.05 + 5, 60.76 + 5, 65.07 + 5; 52.90 + 5 asks for less than 60. Values 70.05, 67.74, 67.10 and 58.27.
    assert release.rows(query.format("march_2026")) == [
        ("ZA4", Decimal("70.05"), improvement, 0, True),
        ("ZE5", Decimal("65.76"), improvement, Decimal("1.98"), True),
        ("ZF3", Decimal("70.07"), improvement, Decimal("-2.97"), False),
        ("ZH6", 60, "trust_minimum", Decimal("-1.73"), False),
    ]
    assert release.rows(query.format("plan")) == [
        ("ZE5", Decimal("67.74"), "plan", 0, True),
        ("ZF3", Decimal("64.69"), "plan", Decimal("2.41"), True),
    ]
    # Exactly on a plan and on a target of 78: both are met.
    assert release.rows(
        "select target_id, value, is_on_target from fct_target where trust_code = 'ZC1' "
        "and metric_id = 'OF0013' and quarter_id = '2025-26-Q4' order by 1"
    ) == [("march_2026", 78, True), ("plan", 78, True)]


def test_the_board_reads_value_threshold_target_owner_and_movement(release: Release) -> None:
    assert release.rows(
        "select value, threshold, is_threshold_met, target_value, is_on_target, owner_role, value_rank, "
        "previous_quarter_id, movement, movement_direction from board_view "
        "where trust_code = 'ZH6' and quarter_id = '2025-26-Q4' and metric_id = 'OF0013'"
    ) == [
        (
            Decimal("70.12"),
            78,
            False,
            78,
            False,
            "Chief operating officer",
            111,
            "2025-26-Q3",
            Decimal("5.86"),
            "better",
        )
    ]
    # Nothing is in hand before Q1.
    assert release.rows("select count(movement) from board_view where quarter_id = '2025-26-Q1'") == [(0,)]
    assert release.rows("select count(*) from board_view where owner_role is null") == [(0,)]


def test_no_winter_entry_is_invented(release: Release) -> None:
    assert release.rows("select assurance_status, count(*) from fct_winter_assurance group by 1") == [
        ("not_in_hand", 4 * 205 * 7)
    ]
    assert release.rows("select count(*) from fct_register_entry where register_id = 'winter_assurance'") == [
        (0,)
    ]
    assert release.rows(
        "select subject_id from method_registers where register_id = 'winter_assurance' "
        "order by display_order"
    ) == [
        ("board_assurance_statement",),
        ("signed_by_chair",),
        ("signed_by_chief_executive",),
        ("executive_winter_director",),
        ("trigger_ambulance_handover_minutes",),
        ("trigger_bed_occupancy_pct",),
        ("trigger_12_hour_waits",),
    ]


def test_every_entry_of_the_register_is_listed_with_its_state(release: Release) -> None:
    # ZA4's rating was entered for the wrong trust and taken back.
    assert release.rows(
        "select value_text, is_withdrawn, is_current from fct_register_entry "
        "where register_id = 'capability_rating' and organisation_code = 'ZA4'"
    ) == [("Red", True, False)]
    # Of ZH6's two decisions the later one stands at the end of the newest quarter.
    assert release.rows(
        "select value_text, is_current from fct_register_entry "
        "where register_id = 'improvement_programme' and organisation_code = 'ZH6' order by from_date"
    ) == [("In the programme", False), ("Left the programme", True)]
