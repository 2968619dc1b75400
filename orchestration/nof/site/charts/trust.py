"""Where the average of a trust stands, and how it went over the quarters.

What is the same for every trust of a type is drawn once; a trust's own marks are put on it at places that
follow from the scale alone, so that a chart costs a trust next to nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from nof.explain.figures import cut, score
from nof.explain.rows import Row
from nof.site.charts.draw import BLACK, DARK_BLUE, PALE, SEGMENT_COLOURS, draw

BEST, WORST = 1, 4
_BIN = Decimal("0.1")
_UNNAMED = "-"


@dataclass(frozen=True)
class Ground:
    """What trusts of a type share in a chart.

    Attributes:
        picture: drawn, with no trust on it.
        left: where the plot begins, in pixels.
        top: the same from above.
        width: of the plot.
        height: of the plot.
    """

    picture: Markup
    left: int
    top: int
    width: int
    height: int

    def along(self, place: Decimal) -> float:
        """How far along the line from 1 to 4 a score stands, in pixels of the plot."""
        return self._share(place) * self.width

    def down(self, place: Decimal) -> float:
        """How far down a score stands where the best is at the top."""
        return self._share(place) * self.height

    def across(self, number: int, count: int) -> float:
        """The middle of one of so many columns, counted from 0."""
        return (number + 0.5) / count * self.width

    def with_marks(self, marks: Sequence[Markup], words: str) -> Markup:
        """The picture with a trust's own marks on it, and what it shows in words."""
        named = self.picture.replace(
            Markup('aria-label="{}"').format(_UNNAMED), Markup('aria-label="{}"').format(words), 1
        )
        own = Markup('<g transform="translate({},{})">{}</g></svg>').format(
            self.left, self.top, Markup("").join(marks)
        )
        return Markup(named.removesuffix("</svg>")) + own

    @staticmethod
    def _share(place: Decimal) -> float:
        return float((place - BEST) / (WORST - BEST))


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
    drawn = draw({"width": width, "height": height, "layer": layers}, words=_UNNAMED, padding=padding)
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
            _line(low, middle, high, middle, width=4),
            _line(low, middle - 7, low, middle + 7, width=2),
            _line(high, middle - 7, high, middle + 7, width=2),
        ]
    marks.append(_diamond(at, middle, 8))
    anchor = "end" if at > ground.width * 0.85 else "start" if at < ground.width * 0.15 else "middle"
    marks.append(_text(at, middle - 14, score(now["average_metric_score"]), anchor, halo=True))
    return ground.with_marks(marks, words)


def trend_ground(
    quarters: Sequence[Row], cut_points: Mapping[str, Sequence[Row]], *, is_narrow: bool
) -> Ground:
    """The quarters side by side, each with its cut points; the best score is at the top.

    Args:
        quarters: rows of dim_quarter, the newest last.
        cut_points: rows of fct_cut_point of the average by quarter, the best boundary first.
        is_narrow: for a phone.
    """
    width, height, left, top = (288 if is_narrow else 560), 200, 40, 12
    count = len(quarters)
    x = {"type": "quantitative", "scale": {"domain": [0, count], "nice": False}, "axis": None}
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [BEST, WORST], "reverse": True, "nice": False, "zero": False},
        "axis": {"values": [1, 2, 3, 4], "title": None, "format": "d"},
    }
    ticks = [
        {"x": number + 0.08, "x2": number + 0.92, "y": float(row["cut_point"]), "text": row["boundary"]}
        for number, quarter in enumerate(quarters)
        for row in cut_points.get(quarter["quarter_id"], ())
    ]
    names = [
        {"x": number + 0.5, "text": "|".join(quarter["quarter_label"].split(" ", 1))}
        for number, quarter in enumerate(quarters)
    ]
    last = [each for each in ticks if each["x2"] > count - 1]
    layers = [
        {
            "data": {"values": ticks},
            "mark": {"type": "rule", "strokeDash": [4, 3], "color": DARK_BLUE},
            "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "x2"}, "y": y},
        },
        {
            "data": {"values": last},
            "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11},
            "encoding": {
                "x": {**x, "field": "x2"}, "y": y, "text": {"field": "text", "type": "nominal"}
            },
        },
        {
            "data": {"values": names},
            "mark": {"type": "text", "baseline": "top", "y": height + 8, "lineBreak": "|"},
            "encoding": {"x": {**x, "field": "x"}, "text": {"field": "text", "type": "nominal"}},
        },
    ]  # fmt: skip
    padding = {"left": left, "right": 28, "top": top, "bottom": 42}
    drawn = draw({"width": width, "height": height, "layer": layers}, words=_UNNAMED, padding=padding)
    return Ground(drawn, left, top, width, height)


def trend(ground: Ground, quarters: Sequence[str], rows: Sequence[Row], words: str) -> Markup:
    """A trust over the quarters: its averages as diamonds on a line, its likely ranges as bars."""
    marks, line = [], []
    for row in rows:
        if row["average_metric_score"] is None:
            continue
        x = ground.across(quarters.index(row["quarter_id"]), len(quarters))
        y = ground.down(row["average_metric_score"])
        line.append(f"{_place(x)},{_place(y)}")
        if row["score_low"] is not None:
            marks.append(_line(x, ground.down(row["score_low"]), x, ground.down(row["score_high"]), width=4))
        marks.append(_diamond(x, y, 7))
        marks.append(_text(x + 9, y - 8, score(row["average_metric_score"]), "start", halo=True))
    path = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="1.5"/>').format(
        " ".join(line), BLACK
    )
    return ground.with_marks([path, *marks] if len(line) > 1 else marks, words)


def _place(number: float) -> str:
    return f"{number:.1f}"


def _line(x: float, y: float, x2: float, y2: float, *, width: int) -> Markup:
    return Markup('<path d="M{},{}L{},{}" stroke="{}" stroke-width="{}"/>').format(
        *map(_place, (x, y, x2, y2)), BLACK, width
    )


def _diamond(x: float, y: float, size: int) -> Markup:
    return Markup(
        '<path d="M{},{}l{s},{s}l-{s},{s}l-{s},-{s}Z" fill="#ffeb3b" stroke="{}" stroke-width="2"/>'
    ).format(_place(x), _place(y - size), BLACK, s=size)


def _text(x: float, y: float, text: str, anchor: str, *, halo: bool) -> Markup:
    back = Markup(' class="trust-halo"') if halo else ""
    return Markup(
        '<text x="{}" y="{}" font-size="14" font-weight="bold" text-anchor="{}"{}>{}</text>'
    ).format(_place(x), _place(y), anchor, back, text)
