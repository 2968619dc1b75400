"""How values are spread over the trusts of a type: a histogram, ticks where they are few, bars for bands."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from nof.site.charts.draw import BLACK, BLUE, DARK_BLUE, draw

# One width serves a phone and, two beside each other, a screen.
WIDTH = 345
_FEW = 15
_BINS = 14


@dataclass(frozen=True)
class Marks:
    """What is marked in the plot: quartiles, the median, and the standard or floor with its name."""

    lower: float | None
    median: float | None
    upper: float | None
    threshold: float | None
    threshold_label: str = ""


def bins(values: Sequence[float]) -> list[tuple[float, float, int]]:
    """Equal steps of a round width from the lowest to the highest value: from, to, how many.

    A value on an edge belongs to the step above it.
    """
    low, high = min(values), max(values)
    rough = (high - low) / _BINS or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    counts = [0] * (math.floor(high / step + 1e-9) - first + 1)
    for value in values:
        counts[math.floor(value / step + 1e-9) - first] += 1
    return [
        (round((first + place) * step, 10), round((first + place + 1) * step, 10), count)
        for place, count in enumerate(counts)
    ]


def draw_distribution(values: Sequence[float], marks: Marks, *, unit: str, words: str) -> Markup:
    """Draw the values of a metric.

    Args:
        values: of the trusts; at least one.
        marks: what is marked.
        unit: of the values, the title of the axis.
        words: the text equivalent.
    """
    few = len(values) <= _FEW
    held = [] if few else bins(values)
    ends = [*values, *(edge for start, end, _ in held for edge in (start, end))]
    ends += [each for each in (marks.lower, marks.upper, marks.threshold) if each is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.02 or 0.5
    padding = {"left": 40, "top": 44, "right": 12, "bottom": 40}
    plot = WIDTH - padding["left"] - padding["right"]
    scale = {"domain": [low - room, high + room], "nice": False, "zero": False}
    axis = {"title": unit, "tickCount": 5, "grid": False}
    layers: list[dict[str, Any]] = [_ticks(values, scale, axis) if few else _bars(held, scale, axis)]
    if marks.lower is not None and marks.upper is not None:
        # Over the bars, so that the shade is seen where they are high.
        layers.append(
            {
                "data": {"values": [{"a": marks.lower, "b": marks.upper}]},
                "mark": {"type": "rect", "color": BLACK, "opacity": 0.16, "y": 0, "y2": "height"},
                "encoding": {
                    "x": {"field": "a", "type": "quantitative", "scale": scale, "axis": axis},
                    "x2": {"field": "b"},
                },
            }
        )
    span = (low - room, high + room)
    if marks.median is not None:
        layers += _rule(_Line(marks.median, "median", [], -24), span, scale)
    if marks.threshold is not None:
        layers += _rule(_Line(marks.threshold, marks.threshold_label, [4, 3], -8), span, scale)
    return draw({"width": plot, "height": 56 if few else 130, "layer": layers}, words=words, padding=padding)


def draw_counts(counts: Sequence[tuple[str, int]], *, words: str) -> Markup:
    """Draw how many trusts have each band, rating or score, in the order given."""
    padding = {"left": 190, "top": 6, "right": 36, "bottom": 8}
    names = [name for name, _ in counts]
    y = {
        "field": "k",
        "type": "nominal",
        "scale": {"domain": names, "paddingInner": 0.25, "paddingOuter": 0.1},
        "axis": {"title": None, "ticks": False, "domain": False},
    }
    x = {"field": "v", "type": "quantitative", "axis": None}
    return draw(
        {
            "width": WIDTH - padding["left"] - padding["right"],
            "height": 24 * len(names),
            "data": {"values": [{"k": name, "v": count} for name, count in counts]},
            "layer": [
                {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": x, "y": y}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4},
                    "encoding": {"x": x, "y": y, "text": {"field": "v"}},
                },
            ],
        },
        words=words,
        padding=padding,
    )


def _bars(
    held: Sequence[tuple[float, float, int]], scale: dict[str, Any], axis: dict[str, Any]
) -> dict[str, Any]:
    return {
        "data": {"values": [{"a": start, "b": end, "n": count} for start, end, count in held if count]},
        "mark": {"type": "bar", "color": BLUE, "stroke": "#fff", "strokeWidth": 1},
        "encoding": {
            "x": {"field": "a", "type": "quantitative", "scale": scale, "axis": axis},
            "x2": {"field": "b"},
            "y": {
                "field": "n",
                "type": "quantitative",
                "axis": {"title": "Trusts", "titleX": -26, "tickCount": 4, "tickMinStep": 1},
            },
            "y2": {"datum": 0},
        },
    }


def _ticks(values: Sequence[float], scale: dict[str, Any], axis: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [{"a": value} for value in values]},
        "mark": {"type": "tick", "color": DARK_BLUE, "thickness": 2.5, "size": 40, "y": 28},
        "encoding": {"x": {"field": "a", "type": "quantitative", "scale": scale, "axis": axis}},
    }


@dataclass(frozen=True)
class _Line:
    """A line across the plot: where, its name, its dashes, how high it begins."""

    at: float
    label: str
    dash: list[int]
    y: int


def _rule(line: _Line, span: tuple[float, float], scale: dict[str, Any]) -> list[dict[str, Any]]:
    """A line across the plot, its name on the side where there is room."""
    on_left = line.at - span[0] > (span[1] - span[0]) / 2
    data = {"values": [{"a": line.at, "t": line.label}]}
    x = {"field": "a", "type": "quantitative", "scale": scale}
    stroke = {"type": "rule", "color": BLACK, "strokeWidth": 2, "strokeDash": line.dash}
    side = {"align": "right", "dx": -5} if on_left else {"align": "left", "dx": 5}
    return [
        {
            "data": data,
            "mark": {**stroke, "y": line.y, "y2": "height"},
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": {"type": "text", **side, "y": line.y},
            "encoding": {"x": x, "text": {"field": "t"}},
        },
    ]
