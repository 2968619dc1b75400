"""Series: the arithmetic of macros/series.sql on published and hand-worked examples, and what is in hand.

The published examples are those of the R package NHSRplotthedots (its vignette on deviations from Excel and
its own tests) and of Montgomery's chart of the viscosity of aircraft primer paint.
"""

import itertools
import random
from collections.abc import Sequence
from decimal import Decimal

from harness_series import NORMAL, OUTLIER, RULES, VISCOSITY, chart, charts


class TestPublishedExamples:
    def test_the_vignette_with_moving_ranges_screened(self) -> None:
        """NHSRplotthedots: "UPL = 4.6, Mean = 1.94, LPL = -0.72"; the point of 10 alone is special cause."""
        found = chart(OUTLIER)
        assert [found.rounded(name) for name in ("upper_limit", "mean_value", "lower_limit")] == [
            Decimal("4.60"),
            Decimal("1.94"),
            Decimal("-0.72"),
        ]
        assert found.with_rule("is_screened") == [5, 6]
        assert found.with_rule("point_rule") == [5]

    def test_the_same_without_screening_as_the_excel_tool_does_it(self) -> None:
        """Moving ranges of 1 but for 8 and 9: 32/17 on average, so 35/18 +- 2.66 x 32/17."""
        found = chart(OUTLIER, screen_multiplier="")
        assert [found.rounded(name) for name in ("upper_limit", "mean_value", "lower_limit")] == [
            Decimal("6.95"),
            Decimal("1.94"),
            Decimal("-3.06"),
        ]
        assert found.with_rule("is_screened") == []
        assert found.with_rule("is_outside_limits") == [5]

    def test_the_twenty_normal_numbers_of_the_packages_own_test(self) -> None:
        """Printed as mean 0.142, lpl -3.01, upl 3.29."""
        found = chart(NORMAL)
        assert found.rounded("mean_value", "0.001") == Decimal("0.142")
        assert [found.rounded(name) for name in ("lower_limit", "upper_limit")] == [
            Decimal("-3.01"),
            Decimal("3.29"),
        ]

    def test_the_viscosity_of_primer_paint(self) -> None:
        """Montgomery: mean 33.52, mean moving range 0.48, limits 32.24 and 34.80, in control."""
        found = chart(VISCOSITY)
        figures = ("mean_value", "mean_moving_range", "lower_limit", "upper_limit")
        assert [found.rounded(name) for name in figures] == [
            Decimal(text) for text in ("33.52", "0.48", "32.24", "34.80")
        ]
        assert found.with_rule("point_rule") == []


def plainly(values: Sequence[Decimal]) -> list[str | None]:
    """The rules in plain Python, as the package words them: windows that end at each point."""
    count = len(values)
    mean = sum(values) / count
    steps = [abs(b - a) for a, b in itertools.pairwise(values)]
    first = sum(steps) / len(steps)
    kept = [step for step in steps if step < Decimal("3.267") * first] if first else steps
    width = Decimal("2.66") * sum(kept) / len(kept)
    outside = [abs(value - mean) > width for value in values]
    near = [not out and abs(v - mean) > width * 2 / 3 for v, out in zip(values, outside, strict=True)]
    side = [(value > mean) - (value < mean) for value in values]
    shift, trend, together = ([False] * count for _ in range(3))
    for end in range(count):
        seven = range(end - 6, end + 1)
        if end >= 6 and abs(sum(side[i] for i in seven)) == 7:
            shift[end - 6 : end + 1] = [True] * 7
        if (
            end >= 6
            and abs(sum((values[i] > values[i - 1]) - (values[i] < values[i - 1]) for i in seven[1:])) == 6
        ):
            trend[end - 6 : end + 1] = [True] * 7
        three = range(end - 2, end + 1)
        if end >= 2 and sum(near[i] for i in three) >= 2 and abs(sum(side[i] for i in three)) == 3:
            for i in three:
                together[i] = together[i] or near[i]
    names = ("outside_limits", "shift", "trend", "near_limit")
    return [
        next((name for name, said in zip(names, row, strict=True) if said), None)
        for row in zip(outside, shift, trend, together, strict=True)
    ]


def test_random_series_are_what_the_rules_say_in_plain_python() -> None:
    """400 series that wander, all in one query; values of one decimal, as published ones are."""
    chance = random.Random(6)
    series: dict[str, list[float]] = {}
    for number in range(400):
        level, values = 50.0, []
        for _ in range(chance.randint(7, 40)):
            level += chance.choice((0, 0, 0, 0.4, -0.4, 1.5))
            values.append(round(level + chance.gauss(0, chance.choice((0.3, 1, 3))), 1))
        series[f"{number:03}"] = values
    found = charts(series)
    told = {name: found[name]["point_rule"] for name in series}
    expected = {name: plainly([Decimal(str(value)) for value in values]) for name, values in series.items()}
    assert {rule for rules in expected.values() for rule in rules} == {
        None,
        "outside_limits",
        "shift",
        "trend",
        "near_limit",
    }
    assert {name: (told[name], expected[name]) for name in series if told[name] != expected[name]} == {}


def test_the_rules_are_those_of_the_published_package() -> None:
    assert RULES == {
        "limit_multiplier": "2.66",
        "screen_multiplier": "3.267",
        "shift_length": "7",
        "trend_length": "7",
        "near_numerator": "2",
        "near_denominator": "3",
        "near_count": "2",
        "near_window": "3",
        "firm_points": "12",
        "fewest_points": "7",
    }
