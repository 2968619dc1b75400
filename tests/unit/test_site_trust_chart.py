"""Charts of a trust: its own marks stand where the drawing library would put them."""

import re
from decimal import Decimal
from typing import Any

import pytest
from markupsafe import Markup

from nof.site.charts.draw import draw
from nof.site.charts.trust_ground import Ground
from nof.site.charts.trust_position import position, position_ground
from nof.site.charts.trust_trend import trend, trend_ground

CUTS: list[dict[str, Any]] = [
    {"cut_point": Decimal(cut), "boundary": boundary}
    for cut, boundary in (("1.94", "1/2"), ("2.325", "2/3"), ("2.56", "3/4"))
]
NOW: dict[str, Any] = {
    "quarter_id": "2025-26-Q2",
    "average_metric_score": Decimal("2.13"),
    "score_low": Decimal("1.80"),
    "score_high": Decimal("2.50"),
}
QUARTERS = [{"quarter_id": f"2025-26-Q{number}", "quarter_label": f"Q{number} 2025/26"} for number in (1, 2)]
AVERAGES = [Decimal("1.00"), Decimal("2.13"), Decimal("2.19"), Decimal("4.00")]


@pytest.mark.parametrize("place", ["1", "2.13", "3.999", "4"])
def test_a_mark_stands_where_the_library_would_put_it(place: str) -> None:
    ground = Ground(Markup(""), left=20, top=34, width=600, height=96)
    scale = {"domain": [1, 4], "nice": False, "zero": False}
    drawn = draw(
        {
            "width": ground.width,
            "height": ground.height,
            "data": {"values": [{"score": float(place)}]},
            "mark": "point",
            "encoding": {
                "x": {"field": "score", "type": "quantitative", "scale": scale},
                "y": {"field": "score", "type": "quantitative", "scale": {**scale, "reverse": True}},
            },
        },
        words="",
        padding={"left": ground.left, "top": ground.top, "right": 20, "bottom": 52},
    )
    marks = drawn[drawn.index("mark-symbol") :]
    found = re.search(r"translate\((?P<x>[\d.]+),(?P<y>[\d.]+)\)", marks)
    assert found is not None
    assert float(found["x"]) == pytest.approx(ground.along(Decimal(place)), abs=0.01)
    assert float(found["y"]) == pytest.approx(ground.down(Decimal(place)), abs=0.01)
    # The plot begins where the padding ends: the marks of a trust are moved by the same.
    assert f"translate({ground.left},{ground.top})" in drawn


@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_trust_is_put_on_the_line_with_its_range(is_narrow: bool) -> None:
    ground = position_ground(AVERAGES, CUTS, is_narrow=is_narrow)
    assert all(f">{text}</text>" in ground.picture for text in ("1.94", "2.325", "2.56", "1", "4", "1 best"))
    drawn = position(ground, NOW, 'the "words" & more')
    assert 'aria-label="the &#34;words&#34; &amp; more"' in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1
    low, high = ground.along(NOW["score_low"]), ground.along(NOW["score_high"])
    assert f"M{low:.1f},48.0L{high:.1f},48.0" in drawn
    assert ">2.13</text>" in drawn
    # The ground is shared: the next trust is not drawn over this one.
    assert "2.13</text>" not in ground.picture


def test_every_trust_is_counted_once_in_the_bars() -> None:
    few, many = (position_ground(AVERAGES * times, CUTS, is_narrow=False).picture for times in (1, 2))
    assert few.count("<path") == many.count("<path")


def test_quarters_without_an_average_are_left_out_of_the_line() -> None:
    ground = trend_ground(QUARTERS, {"2025-26-Q2": CUTS}, is_narrow=True)
    assert "Q1" in ground.picture
    ids = [quarter["quarter_id"] for quarter in QUARTERS]
    earlier = NOW | {"quarter_id": "2025-26-Q1", "average_metric_score": None}
    one = trend(ground, ids, [earlier, NOW], "words")
    assert "polyline" not in one
    two = trend(ground, ids, [earlier | {"average_metric_score": Decimal(4)}, NOW], "words")
    assert 'points="72.0,200.0 216.0,75.3"' in two
    without = trend(ground, ids, [NOW | {"score_low": None, "score_high": None}], "words")
    assert without.count('stroke-width="4"') == 0
