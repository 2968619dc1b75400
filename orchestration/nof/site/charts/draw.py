"""Drawing a Vega-Lite specification to a small SVG that needs no style of its own and measures no font."""

import re
from typing import Any

import vl_convert
from markupsafe import Markup, escape

# Colours of the NHS identity with enough contrast on white; a segment always has a number beside its colour.
BLUE, DARK_BLUE, GREY, PALE, BLACK = "#005eb8", "#003087", "#4c6272", "#aeb7bd", "#212b32"
SEGMENT_COLOURS = {1: "#007f3b", 2: "#005eb8", 3: "#7c2855", 4: "#d5281b", 5: "#212b32"}
SEGMENT_SHAPES = {1: "circle", 2: "square", 3: "triangle-up", 4: "diamond", 5: "cross"}

# Nothing here may depend on how wide a text is: which fonts there are differs between machines, and the same
# release gives the same bytes. So the place of the plot is given (`padding`), no label is left out or cut.
_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "autosize": {"type": "none"},
    "view": {"stroke": None},
    "font": "Arial",
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": BLACK,
        "titleColor": BLACK,
        "gridColor": "#d8dde0",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelBound": False,
        "labelFlush": False,
        "titleLimit": 0,
    },
    "text": {"fontSize": 12, "color": BLACK},
    "rule": {"color": BLACK},
}
_LEFT_OUT = re.compile(
    r' (?:opacity="1"|(?:xmlns:xlink|xmlns|version|aria-[a-z]+|role|font-family|pointer-events)="[^"]*")'
    r"(?=[ />])"
)
_BACKGROUND = re.compile(r'<path class="background"[^>]*(?:/>|></path>)')
_EMPTY = re.compile(r"<g(?: [^>]*)?></g>|<g(?: [^>]*)?/>")


def draw(specification: dict[str, Any], *, words: str, padding: dict[str, int]) -> Markup:
    """Draw a chart.

    Args:
        specification: Vega-Lite, with `width` and `height` of the plot in pixels; axis titles need `titleX`
            or `titleY` where their place would follow from the width of labels.
        words: the text equivalent, for screen readers.
        padding: pixels around the plot for axes: left, top, right, bottom.

    Returns:
        The SVG, with the size it is drawn for as its viewBox; the style sheet gives the font.
    """
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        **specification,
        "padding": padding,
        "config": {**_CONFIG, **specification.get("config", {})},
    }
    return _slim(vl_convert.vegalite_to_svg(whole), words)


def _slim(svg: str, words: str) -> Markup:
    """Leave out what every mark repeats and nobody needs."""
    inside = _BACKGROUND.sub("", _LEFT_OUT.sub("", svg))
    before = ""
    while before != inside:
        before, inside = inside, _EMPTY.sub("", inside)
    head = re.match(r'<svg [^>]*viewBox="(?P<box>[^"]*)"[^>]*>', inside)
    if head is None:
        raise ValueError("The converter gave no SVG with a viewBox.")
    width = head["box"].split()[2]
    label = escape(words)
    return Markup(
        f'<svg class="chart" role="img" aria-label="{label}" viewBox="{head["box"]}" width="{width}">'
        + inside[head.end() :]
    )
