"""Median and quartiles of a metric over the quarters, with the standard or floor where it has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from nof.site.charts.draw import BLACK, DARK_BLUE, draw

WIDTH = 345


@dataclass(frozen=True)
class QuarterMarks:
    """A quarter in the chart; `threshold` is its standard or floor, None where there is none."""

    label: str
    lower: float
    median: float
    upper: float
    threshold: float | None = None


def draw_benchmarks(quarters: Sequence[QuarterMarks], *, unit: str, words: str) -> Markup:
    """Draw a bar from quartile to quartile for each quarter, and the medians as a line.

    Args:
        quarters: in order.
        unit: of the values.
        words: the text equivalent.
    """
    padding = {"left": 58, "top": 12, "right": 12, "bottom": 44}
    rows = [{"q": each.label, "l": each.lower, "m": each.median, "u": each.upper} for each in quarters]
    x = {
        "field": "q",
        "type": "nominal",
        "scale": {"domain": [each.label for each in quarters], "paddingInner": 0.6, "paddingOuter": 0.5},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelExpr": "split(datum.label, ' ')",
            "labelBaseline": "top",
        },
    }
    y_scale = {"zero": False, "nice": True}
    y = {"type": "quantitative", "scale": y_scale}
    axis = {"title": unit, "titleX": -42, "tickCount": 5}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "color": "#c8d0d6"},
            "encoding": {"x": x, "y": {**y, "field": "l", "axis": axis}, "y2": {"field": "u"}},
        },
        {"mark": {"type": "line", "color": DARK_BLUE}, "encoding": {"x": x, "y": {**y, "field": "m"}}},
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": DARK_BLUE},
            "encoding": {"x": x, "y": {**y, "field": "m"}},
        },
    ]
    layers += _standards(quarters, x, y)
    return draw(
        {
            "width": WIDTH - padding["left"] - padding["right"],
            "height": 150,
            "data": {"values": rows},
            "layer": layers,
        },
        words=words,
        padding=padding,
    )


def _standards(
    quarters: Sequence[QuarterMarks], x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """One dashed line through all; where the standard changed a piece for each quarter."""
    mark = {"type": "rule", "color": BLACK, "strokeDash": [4, 3], "strokeWidth": 2}
    asked = {each.threshold for each in quarters}
    if asked == {None}:
        return []
    encoding: dict[str, Any] = {"y": {**y, "field": "t"}}
    values: list[dict[str, Any]] = [{"t": each} for each in asked]
    if len(asked) > 1:
        values = [{"q": each.label, "t": each.threshold} for each in quarters if each.threshold is not None]
        encoding |= {"x": {**x, "bandPosition": 0}, "x2": {"field": "q", "bandPosition": 1}}
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}]
