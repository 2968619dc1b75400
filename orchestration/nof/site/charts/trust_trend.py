"""How the average of a trust went over the quarters, with the cut points of each."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from nof.explain.figures import score
from nof.explain.rows import Row
from nof.site.charts.draw import BLACK, DARK_BLUE, draw
from nof.site.charts.trust_ground import BEST, UNNAMED, WORST, Ground, diamond, line, text, written


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
    drawn = draw({"width": width, "height": height, "layer": layers}, words=UNNAMED, padding=padding)
    return Ground(drawn, left, top, width, height)


def trend(ground: Ground, quarters: Sequence[str], rows: Sequence[Row], words: str) -> Markup:
    """A trust over the quarters: its averages as diamonds on a line, its likely ranges as bars."""
    marks, path = [], []
    for row in rows:
        if row["average_metric_score"] is None:
            continue
        x = ground.across(quarters.index(row["quarter_id"]), len(quarters))
        y = ground.down(row["average_metric_score"])
        path.append(f"{written(x)},{written(y)}")
        if row["score_low"] is not None:
            marks.append(line(x, ground.down(row["score_low"]), x, ground.down(row["score_high"]), width=4))
        marks.append(diamond(x, y, 7))
        marks.append(text(x + 9, y - 8, score(row["average_metric_score"]), "start", halo=True))
    joined = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="1.5"/>').format(
        " ".join(path), BLACK
    )
    return ground.with_marks([joined, *marks] if len(path) > 1 else marks, words)
