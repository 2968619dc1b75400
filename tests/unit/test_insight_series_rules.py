"""Each rule of process control on series worked out by hand, and the icons that follow."""

from decimal import Decimal

import pytest
from harness_series import CALM, chart


class TestEachRuleByHand:
    def test_a_moving_range_is_left_out_from_3_267_times_their_mean(self) -> None:
        """Ten steps of 1 and one of x: their mean is (10 + x)/11, and 3.267 times that is x at 4.22475."""
        for jump, screened in ((4.2247, []), (4.2248, [6])):
            values = [10.0, 11.0, 10.0, 11.0, 10.0, 10.0 + jump]
            values += [values[-1] + step for step in (1, 0, 1, 0, 1, 0)]
            assert chart(values).with_rule("is_screened") == screened
        assert chart(values).rounded("mean_moving_range", "0.0001") == Decimal("1.0000")
        unscreened = chart(values, screen_multiplier="")
        assert unscreened.with_rule("is_screened") == []
        assert unscreened.rounded("mean_moving_range", "0.0001") == Decimal("1.2932")

    def test_seven_on_one_side_are_a_shift_and_six_are_not(self) -> None:
        # The mean is 10 in both: high points of 12 and as much below on the other side.
        six = [9, 8, 8, 8, 8, 7, 12, 11, 13, 12, 12, 12]
        seven = [9, 8, 9, 8, 7, 11, 12, 11, 12, 11, 12, 11]
        assert chart(six).with_rule("is_in_shift") == []
        assert chart(seven).with_rule("is_in_shift") == [6, 7, 8, 9, 10, 11, 12]
        # A point on the mean is on neither side.
        broken = [9, 8, 9, 8, 6, 11, 12, 11, 10, 12, 11, 12, 11]
        assert chart(broken)["mean_value"][0] == 10
        assert chart(broken).with_rule("is_in_shift") == []

    def test_seven_rising_or_falling_are_a_trend_and_six_are_not(self) -> None:
        """The package: 1 to 6 is none, 1 to 7 is one, and 1, 2, 3, 3, 4, 5, 6 is none."""
        calm = [4, 3, 4, 3, 4, 3]
        assert chart([*calm, 2, 3, 4, 5, 6, 7, 4]).with_rule("is_in_trend") == []
        assert chart([*calm, 1, 2, 3, 4, 5, 6, 7, 4]).with_rule("is_in_trend") == [7, 8, 9, 10, 11, 12, 13]
        assert chart([*calm, 7, 6, 5, 4, 3, 2, 1, 4]).with_rule("is_in_trend") == [7, 8, 9, 10, 11, 12, 13]
        assert chart([*calm, 1, 2, 3, 3, 4, 5, 6, 4]).with_rule("is_in_trend") == []
        # Up and down again: the peak is of both.
        assert chart([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]).with_rule("is_in_trend") == list(range(1, 14))

    def test_two_of_three_beyond_two_thirds_of_the_way_to_a_limit(self) -> None:
        """After 16 points of 1 and -1: 6 is beyond two thirds (4.4 to 5.5) and in the limits (6.4 to 8.2)."""
        base = [1, -1] * 8

        def near(*values: float) -> list[int]:
            found = chart([*base, *values], screen_multiplier="")
            return [number - 16 for number in found.with_rule("is_near_limit_together")]

        assert near(6, 1, 6, -3, -1, -1) == [1, 3]
        assert near(6, 6, 1, -3, -1, -1) == [1, 2]
        # Three apart, on two sides of the mean, or one only: none.
        assert near(6, 1, 1, 6, -3, -1) == []
        assert near(6, -1, 6, -3, -1, -1) == []
        assert near(6, 1, 1, -1, -1, -1) == []

    def test_a_chart_begins_anew_where_it_is_rebased(self) -> None:
        values = [*CALM, *(value + 20 for value in CALM)]
        whole, parted = chart(values), chart(values, rebased=[13])
        assert len(whole.with_rule("is_in_shift")) == 24
        assert parted["part_number"] == [1] * 12 + [2] * 12
        assert parted["mean_value"] == [10] * 12 + [30] * 12
        assert parted["moving_range"][12] is None
        assert parted.with_rule("point_rule") == []
        # To rebase at the first point changes nothing.
        assert chart(values, rebased=[1]).points == whole.points

    def test_a_short_part_has_no_limits_and_a_part_below_twelve_provisional_ones(self) -> None:
        found = chart([*CALM, 30, 32, 30, 32, 30, 32], rebased=[13])
        assert found["has_limits"] == [True] * 12 + [False] * 6
        assert found["upper_limit"][12:] == [None] * 6
        assert (found["variation"][-1], found["assurance"][-1]) == ("too_few_points", "no_target")
        assert chart(CALM[:6])["has_limits"] == [False] * 6
        assert chart(CALM[:7])["has_limits"] == [True] * 7
        assert chart(CALM[:11])["is_provisional"] == [True] * 11
        assert chart(CALM)["is_provisional"] == [False] * 12
        assert chart([5])["mean_moving_range"] == [None]

    def test_a_series_that_does_not_move_has_its_limits_on_its_mean(self) -> None:
        found = chart([3] * 12)
        assert (found.points[0]["lower_limit"], found.points[0]["upper_limit"]) == (3, 3)
        assert found.with_rule("point_rule") == found.with_rule("is_screened") == []


class TestIcons:
    @pytest.mark.parametrize(
        ("last", "polarity", "variation"),
        [
            (20, "higher", "special_cause_improving_high"),
            (20, "lower", "special_cause_concerning_high"),
            (0, "higher", "special_cause_concerning_low"),
            (0, "lower", "special_cause_improving_low"),
            (20, None, "special_cause_neither_high"),
            (0, None, "special_cause_neither_low"),
            (11, "higher", "common_cause"),
        ],
    )
    def test_variation_is_by_the_latest_point_and_the_way_that_is_better(
        self, last: int, polarity: str | None, variation: str
    ) -> None:
        assert chart([*CALM, last], polarity=polarity)["variation"][-1] == variation
        # An earlier point outside says nothing of the latest.
        assert chart([last, *CALM], polarity=polarity)["variation"][-1] == "common_cause"

    @pytest.mark.parametrize(
        ("target", "polarity", "assurance"),
        [
            (15.33, "higher", "consistently_fails"),
            (15.32, "higher", "hit_and_miss"),
            (10, "higher", "hit_and_miss"),
            (4.67, "higher", "consistently_passes"),
            (15.33, "lower", "consistently_passes"),
            (4.67, "lower", "consistently_fails"),
            (None, "lower", "no_target"),
        ],
    )
    def test_assurance_is_the_target_against_the_limits(
        self, target: float | None, polarity: str, assurance: str
    ) -> None:
        """9 and 11 by turns: 10 +- 2.66 x 2 = 4.68 and 15.32."""
        assert chart(CALM, polarity=polarity, target=target)["assurance"][-1] == assurance
