"""Where the average of a trust stands on the line from 1 to 4, among the trusts of its type."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from nof.explain.figures import cut, score
from nof.explain.rows import Row
from nof.site.charts.draw import PALE, SEGMENT_COLOURS, draw
from nof.site.charts.trust_ground import BEST, UNNAMED, WORST, Ground, diamond, line, text

_BIN = Decimal("0.1")


def position_ground(averages: Sequence[Decimal], cut_points: Sequence[Row], *, is_narrow: bool) -> Ground:
    """The line from 1 to 4 with its segments, and how many trusts stand where.

    Args:
        averages: of the trusts of the type.
        cut_points: rows of fct_cut_point of the average, the best boundary first.
        is_narrow: for a phone.
    """
    width, left = (312, 12) if is_narrow else (600, 20)
    height, top = 96, 34
    scale = {"domain": [BEST, WORST], "nice": False, "zero": False}
    bins = _binned(averages)
    most = max(bins.values(), default=1)
    x = {"field": "x", "type": "quantitative", "scale": scale, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [0, most]}, "axis": None}
    bars = [
        {"x": float(low), "x2": float(low + _BIN), "y": count, "y2": 0}
        for low, count in sorted(bins.items())
        if count
    ]
    edges = [Decimal(BEST), *(row["cut_point"] for row in cut_points), Decimal(WORST)]
    bands = [
        {"x": float(low), "x2": float(high), "middle": float((low + high) / 2), "segment": number}
        for number, (low, high) in enumerate(pairwise(edges), start=1)
    ]
    cuts = [
        {"x": float(row["cut_point"]), "text": cut(row["cut_point"]), "dy": -7 - 13 * (number % 2)}
        for number, row in enumerate(cut_points)
    ]
    ends = [
        {"x": BEST, "text": "1 best", "align": "left"},
        {"x": WORST, "text": "4 worst", "align": "right"},
    ]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": bars},
            "mark": {"type": "rect", "color": PALE, "stroke": "white", "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}},
        },
        *_bands(bands, x, height),
        *(_cut(each, x, height) for each in cuts),
        *(
            {
                "data": {"values": [each]},
                "mark": {
                    "type": "text",
                    "align": each["align"],
                    "baseline": "top",
                    "dy": 0,
                    "y": height + 32,
                },
                "encoding": {"x": x, "text": {"field": "text", "type": "nominal"}},
            }
            for each in ends
        ),
    ]
    padding = {"left": left, "right": left, "top": top, "bottom": 52}
    drawn = draw({"width": width, "height": height, "layer": layers}, words=UNNAMED, padding=padding)
    return Ground(drawn, left, top, width, height)


def _bands(bands: Sequence[Mapping[str, Any]], x: Mapping[str, Any], height: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for band in bands:
        data = {"values": [band]}
        colour = SEGMENT_COLOURS[band["segment"]]
        made += [
            {
                "data": data,
                "mark": {"type": "rect", "color": colour, "y": height + 4, "y2": height + 26},
                "encoding": {"x": x, "x2": {"field": "x2"}},
            },
            {
                "data": data,
                "mark": {"type": "text", "color": "white", "fontWeight": "bold", "y": height + 15},
                "encoding": {
                    "x": {**x, "field": "middle"},
                    "text": {"field": "segment", "type": "nominal"},
                },
            },
        ]
    return made


def _cut(each: Mapping[str, Any], x: Mapping[str, Any], height: int) -> dict[str, Any]:
    return {
        "data": {"values": [each]},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [3, 3], "y": each["dy"] + 3, "y2": height + 26},
                "encoding": {"x": x},
            },
            {
                "mark": {"type": "text", "baseline": "bottom", "y": each["dy"] + 3, "fontSize": 12},
                "encoding": {"x": x, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    }


def _binned(averages: Sequence[Decimal]) -> dict[Decimal, int]:
    bins: dict[Decimal, int] = {}
    for average in averages:
        low = min(average // _BIN * _BIN, WORST - _BIN)
        bins[low] = bins.get(low, 0) + 1
    return bins


def position(ground: Ground, now: Row, words: str) -> Markup:
    """A trust on the line: its average as a diamond, its likely range as a bar."""
    at, middle = ground.along(now["average_metric_score"]), ground.height / 2
    marks = []
    if now["score_low"] is not None:
        low, high = ground.along(now["score_low"]), ground.along(now["score_high"])
        marks += [
            line(low, middle, high, middle, width=4),
            line(low, middle - 7, low, middle + 7, width=2),
            line(high, middle - 7, high, middle + 7, width=2),
        ]
    marks.append(diamond(at, middle, 8))
    anchor = "end" if at > ground.width * 0.85 else "start" if at < ground.width * 0.15 else "middle"
    marks.append(text(at, middle - 14, score(now["average_metric_score"]), anchor, halo=True))
    return ground.with_marks(marks, words)
