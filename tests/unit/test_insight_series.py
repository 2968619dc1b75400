"""Series: the arithmetic of macros/series.sql on published and hand-worked examples, and what is in hand.

The published examples are those of the R package NHSRplotthedots (its vignette on deviations from Excel and
its own tests) and of Montgomery's chart of the viscosity of aircraft primer paint.
"""

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_macros import macros

from nof.home import Home
from nof.landing import land
from nof.project import read_seed

FRAMEWORK = "nof-2025-26"
RULES = {
    row["rule_id"]: row["rule_value"]
    for row in read_seed("framework", "series_rules")
    if row["framework_id"] == FRAMEWORK
}
WHOLE = set(RULES) - {"limit_multiplier", "screen_multiplier"}
OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# set.seed(123); rnorm(20)
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
VISCOSITY = [
    *(33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12),
    33.84,
]  # fmt: skip
# Two points on either side of 10, so that the mean of all is 10 and nothing is special.
CALM = [9, 11] * 6


@dataclass(frozen=True)
class Chart:
    """The points of one series as the macro gives them, in order."""

    points: list[dict[str, Any]]

    def __getitem__(self, name: str) -> list[Any]:
        return [point[name] for point in self.points]

    def rounded(self, name: str, places: str = "0.01") -> Decimal:
        """A figure of the latest point as published examples print it."""
        return Decimal(self.points[-1][name]).quantize(Decimal(places), ROUND_HALF_UP)

    def with_rule(self, rule: str) -> list[int]:
        """Points, 1 first, of which this is said."""
        return [number for number, said in enumerate(self[rule], start=1) if said]


def charts(
    series: Mapping[str, Sequence[float]],
    *,
    rebased: Mapping[str, Sequence[int]] | None = None,
    polarity: str | None = "higher",
    target: float | None = None,
    **rules: str,
) -> dict[str, Chart]:
    """Chart some series with the constants of the seed, but for those given."""
    constants = RULES | rules
    listed = ", ".join(
        f"cast({constants[rule] or 'null'} as {'integer' if rule in WHOLE else 'decimal(8, 3)'}) as {rule}"
        for rule in constants
    )
    rows = ", ".join(
        f"('{FRAMEWORK}', '{name}', {place}, cast({value} as decimal(18, 4)), "
        f"{place in (rebased or {}).get(name, ())})"
        for name, values in series.items()
        for place, value in enumerate(values, start=1)
    )
    sql = macros()
    way = "cast(null as varchar)" if polarity is None else f"'{polarity}'"
    aim = "cast(null as decimal(18, 4))" if target is None else f"cast({target} as decimal(18, 4))"
    # The order of rows, and of threads, says nothing.
    query = f"""
        with given as (
            select * from (values {rows})
                as t (framework_id, series_id, point_order, point_value, is_rebased)
            order by hash(point_order)
        ),
        constants as (select '{FRAMEWORK}' as framework_id, {listed}),
        {sql.process_control("given", "constants", ["framework_id", "series_id"])},
        ruled as (select *, {sql.series_rule()} as point_rule from charted)
        select *, {sql.series_variation(way)} as variation, {sql.series_assurance(aim, way)} as assurance
        from ruled order by series_id, point_order
    """
    with duckdb.connect() as connection:
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        found: dict[str, Chart] = {}
        for row in result.fetchall():
            point = dict(zip(names, row, strict=True))
            found.setdefault(point["series_id"], Chart([])).points.append(point)
    return found


def chart(values: Sequence[float], *, rebased: Sequence[int] = (), **settings: Any) -> Chart:
    """One series."""
    return charts({"one": values}, rebased={"one": rebased}, **settings)["one"]


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


class TestWhatIsInHand:
    def test_the_bundled_nation_has_too_few_points_and_says_so(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        project.build("fct_series", "fct_series_point")
        assert said(project) == {
            ("no_points", "no_points", "no_points"),
            ("too_few_points", "no_target", "too_few_points"),
            ("too_few_points", "too_few_points", "too_few_points"),
        }
        # Every cell with a number is a point, and every cell that applies is of a series.
        assert project.value("select count(*) from publication.fct_series_point") == project.value(
            "select count(*) from scoring.metric_values where cell_status = 'scored' "
            "and value_number is not null"
        )
        assert project.value("select sum(point_count + missing_point_count) from publication.fct_series") == (
            project.value(
                "select count(*) from scoring.metric_values inner join framework.metrics "
                "using (framework_id, metric_id) "
                "where cell_status <> 'not_applicable' and value_kind = 'number'"
            )
        )

    def test_so_it_is_with_nhs_englands_own_files(
        self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path
    ) -> None:
        project = compiled_project(tmp_path_factory)
        home = Home(tmp_path_factory.mktemp("home"))
        project.land(land(home, [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
        project.build("fct_series", "fct_series_point")
        assert {variation for variation, *_ in said(project)} == {"too_few_points", "no_points"}
        assert project.value("select max(point_count) from publication.fct_series") == 4

    def test_longer_series_from_a_seed_with_less_asked_get_icons(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The whole way with a constant of the seed changed: limits from four points, all provisional."""
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        connection = project.connection
        update = "update framework.series_rules set rule_value = {} where rule_id = 'fewest_points'"
        try:
            connection.execute(update.format(4))
            connection.execute(
                "insert into framework.series_rebases values "
                "('nof-2025-26', 'OF0085', '2025-26-Q3', 'invented', 'invented', 'default')"
            )
            project.build("fct_series", "fct_series_point")
            assert {warning for *_, warning in said(project)} == {
                "no_points",
                "too_few_points",
                "provisional_limits",
            }
            assert (
                project.value(
                    "select count(distinct part_number) from publication.fct_series_point "
                    "where metric_id = 'OF0085'"
                )
                == 2
            )
            assert (
                project.value(
                    "select count(*) from publication.fct_series "
                    "where metric_id = 'OF0085' and series_warning = 'provisional_limits'"
                )
                == 0
            )
            values = [
                float(row[0])
                for row in connection.execute(
                    "select series_value from publication.fct_series_point where trust_code = 'ZY3' "
                    "and metric_id = 'OF0017' order by quarter_id"
                ).fetchall()
            ]
            mean = sum(values) / 4
            ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
            limits = connection.execute(
                "select mean_value, upper_limit from publication.fct_series "
                "where trust_code = 'ZY3' and metric_id = 'OF0017'"
            ).fetchall()
            assert [round(float(figure), 4) for figure in limits[0]] == [
                round(mean, 4),
                round(mean + 2.66 * sum(ranges) / 3, 4),
            ]
        finally:
            connection.execute(update.format(RULES["fewest_points"]))
            connection.execute("delete from framework.series_rebases")


def said(project: CompiledProject) -> set[tuple[Any, ...]]:
    return set(
        project.connection.execute(
            "select distinct variation, assurance, series_warning from publication.fct_series"
        ).fetchall()
    )


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
