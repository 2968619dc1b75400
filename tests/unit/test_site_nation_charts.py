"""Charts of the nation: each value in one bar, the same bytes each time, nothing that the policy forbids."""

import random
from decimal import Decimal
from itertools import pairwise

import pytest
from markupsafe import Markup

from harness_some import some
from nof.site.charts.benchmark import QuarterMarks, draw_benchmarks
from nof.site.charts.distribution import Marks, bins, draw_counts, draw_distribution
from nof.site.charts.spread import NARROW, WIDE, SpreadPoint, draw_spread
from nof.site.charts.tiny import bar, parts, score_range

MARKS = Marks(lower=2.0, median=3.0, upper=4.0, threshold=5.0, threshold_label="standard")


def asked(*standards: float | None) -> list[QuarterMarks]:
    """Quarters with these standards."""
    return [
        QuarterMarks(f"Q{number} 2025/26", 1.0, 2.0, 3.0, threshold=standard)
        for number, standard in enumerate(standards, start=1)
    ]


def drawings() -> list[Markup]:
    """One of each kind."""
    few, many = [1.0, 2.5, 4.0], [float(each) for each in range(40)]
    points = [SpreadPoint(Decimal("1.5"), Decimal("1.1"), Decimal("2.0"), 1)]
    points += [SpreadPoint(Decimal("2.5"), None, None, 0)]
    quarters = [QuarterMarks(f"Q{each} 2025/26", 1.0, 2.0, 3.0) for each in (1, 2)]
    return [
        draw_distribution(few, MARKS, unit="%", words="w"),
        draw_distribution(many, MARKS, unit="%", words="w"),
        draw_distribution([7.0], Marks(None, None, None, None), unit="days", words="w"),
        draw_counts([("Better", 1), ("Worse", 0)], words="w"),
        draw_benchmarks(quarters, unit="%", words="w"),
        draw_benchmarks(asked(2.5, 2.5), unit="%", words="w"),
        draw_benchmarks(asked(2.5, 2.0), unit="%", words="w"),
        *(
            draw_spread(points, [("1/2", Decimal("1.94"))], words="w", width=width)
            for width in (WIDE, NARROW)
        ),
        score_range(Decimal("1.2"), Decimal("1.5"), Decimal("2")),
        bar(3, 4, 2),
        parts((1, 0, 2, 4), 1),
    ]


def test_a_drawing_has_no_style_and_no_script() -> None:
    for drawing in some(drawings()):
        assert drawing.startswith("<svg ")
        for forbidden in ("style=", "<style", "<script", "url(", "http"):
            assert forbidden not in drawing, drawing[:200]


@pytest.mark.parametrize(
    ("standards", "lines"), [((None, None), 0), ((2.5, 2.5), 1), ((2.5, 2.0), 2), ((None, 2.0), 1)]
)
def test_a_standard_is_one_line_and_one_that_changed_a_piece_for_each_quarter(
    standards: tuple[float | None, ...], lines: int
) -> None:
    drawing = draw_benchmarks(asked(*standards), unit="%", words="w")
    assert drawing.count("stroke-dasharray") == lines


def test_the_same_figures_are_drawn_alike() -> None:
    assert drawings() == drawings()


def test_words_are_shown_and_never_run() -> None:
    drawing = draw_counts([('<b>&"', 1)], words='"><script>alert(1)</script>')
    assert "<script>" not in drawing
    assert "<b>" not in drawing


@pytest.mark.parametrize("seed", range(20))
def test_every_value_is_in_one_bar(seed: int) -> None:
    random.seed(seed)
    span = 10 ** random.randint(-2, 4)
    values = [round(random.uniform(-span, span), 4) for _ in range(random.randint(1, 200))]
    held = bins(values)
    assert sum(count for *_, count in held) == len(values)
    assert held[0][0] <= min(values)
    assert max(values) < held[-1][1] + 1e-9
    assert len(held) <= 17
    for (_, end, _), (start, _, _) in pairwise(held):
        assert end == start


def test_one_value_is_one_bar() -> None:
    assert len(bins([3.0, 3.0, 3.0])) == 1


def test_a_value_on_an_edge_belongs_above_it() -> None:
    held = {start: count for start, _, count in bins([0.0, 0.1, 0.2, 0.3, 1.4])}
    assert held[0.3] == 1
    assert held[0.2] == 1


def test_a_range_runs_from_best_on_the_left() -> None:
    left, right = (score_range(each, each, each) for each in (Decimal(1), Decimal(4)))
    assert 'cx="4.0"' in left
    assert 'cx="94.0"' in right
