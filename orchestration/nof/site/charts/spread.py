"""Average scores of a trust type, best first, each with its likely range, and the cut points of segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from nof.explain.figures import cut as shown_cut
from nof.site.charts.draw import BLACK, GREY, SEGMENT_COLOURS, SEGMENT_SHAPES, draw

_SEGMENTS = [1, 2, 3, 4]
WIDE, NARROW = 880, 340


@dataclass(frozen=True)
class SpreadPoint:
    """A trust in the chart; without an adjusted segment `segment` is 0."""

    score: Decimal
    low: Decimal | None
    high: Decimal | None
    segment: int


def draw_spread(
    points: Sequence[SpreadPoint], cuts: Sequence[tuple[str, Decimal]], *, words: str, width: int
) -> Markup:
    """Draw the points in the order given, best first.

    Args:
        points: the trusts.
        cuts: boundary such as `1/2`, and its cut point.
        words: the text equivalent.
        width: of the whole picture in pixels.
    """
    padding = {"left": 44, "top": 34, "right": 70, "bottom": 40}
    plot = width - padding["left"] - padding["right"]
    high = 330 if width == WIDE else 300
    rows = [
        {
            "n": place,
            "s": float(each.score),
            "a": None if each.low is None else float(each.low),
            "b": None if each.high is None else float(each.high),
            "g": each.segment,
        }
        for place, each in enumerate(points, 1)
    ]
    x = {
        "field": "n",
        "type": "quantitative",
        "scale": {"domain": [0, len(rows) + 1], "nice": False},
        "axis": {"title": "Trusts, best average first", "grid": False, "tickMinStep": 1, "tickCount": 6},
    }
    y_scale = {"domain": [1, 4], "reverse": True}
    y = {
        "field": "s",
        "type": "quantitative",
        "scale": y_scale,
        "axis": {"title": "Average score", "values": [1, 2, 3, 4], "titleX": -32},
    }
    colour = {
        "field": "g",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [0, *_SEGMENTS], "range": [GREY, *(SEGMENT_COLOURS[each] for each in _SEGMENTS)]},
    }
    shapes = ["stroke", *(SEGMENT_SHAPES[each] for each in _SEGMENTS)]
    shape = {
        "field": "g",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [0, *_SEGMENTS], "range": shapes},
    }
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "datum.a !== null"}],
            "mark": {"type": "rule", "color": "#aeb7bd", "strokeWidth": 1.2 if width == WIDE else 0.9},
            "encoding": {"x": x, "y": {**y, "field": "a"}, "y2": {"field": "b"}},
        },
        *_cut_layers(cuts, y_scale, plot),
        {
            "mark": {"type": "point", "filled": True, "size": 30 if width == WIDE else 16, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": colour, "shape": shape},
        },
        *_legend(colour, shape, sorted({each.segment for each in points if each.segment}), plot),
    ]
    plotted = {"width": plot, "height": high, "data": {"values": rows}, "layer": layers}
    return draw(plotted, words=words, padding=padding)


def _cut_layers(
    cuts: Sequence[tuple[str, Decimal]], y_scale: dict[str, Any], plot: int
) -> list[dict[str, Any]]:
    data = {"values": [{"c": float(point), "t": f"{name} at {shown_cut(point)}"} for name, point in cuts]}
    y = {"field": "c", "type": "quantitative", "scale": y_scale}
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [4, 3], "color": BLACK}, "encoding": {"y": y}},
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 5, "x": plot, "fontSize": 11},
            "encoding": {"y": y, "text": {"field": "t"}},
        },
    ]


def _legend(
    colour: dict[str, Any], shape: dict[str, Any], segments: Sequence[int], plot: int
) -> list[dict[str, Any]]:
    step = min(90, plot // 4)
    data = {
        "values": [
            {"g": each, "x": 70 + step * place // 2, "t": f"{each}"} for place, each in enumerate(segments)
        ]
    }
    at = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
    name = {"type": "text", "text": "Segment", "align": "left", "x": 0, "y": -20, "fontSize": 12}
    return [
        {"data": {"values": [{}]}, "mark": name},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1, "y": -20},
            "encoding": {"x": at, "color": colour, "shape": shape},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 8, "y": -20, "fontSize": 12},
            "encoding": {"x": at, "text": {"field": "t"}},
        },
    ]
