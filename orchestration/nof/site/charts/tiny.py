"""Drawings for a cell of a table: a range on a scale, a bar, a bar of parts."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from nof.site.charts.draw import SEGMENT_COLOURS

# Pixels for 1.00 of a score in a range; scores run from 1 to 4.
_PER_SCORE = 30
_BEST, _WORST = 1, 4
BAR_WIDTH, PARTS_WIDTH = 120, 160


def score_range(low: Decimal, score: Decimal, high: Decimal) -> Markup:
    """A likely range on a scale from 1 (left, best) to 4, the score as a dot; the cell says it in text."""
    start, at, end = (round(float(each - _BEST) * _PER_SCORE + 4, 1) for each in (low, score, high))
    width = (_WORST - _BEST) * _PER_SCORE + 8
    return Markup(
        '<svg class="tiny" aria-hidden="true" viewBox="0 0 {w} 10" width="{w}" height="10">'
        '<path class="tiny__scale" d="M4 5H{e}"/><path class="tiny__range" d="M{s} 5H{t}"/>'
        '<circle cx="{a}" cy="5" r="3.5"/></svg>'
    ).format(w=width, e=width - 4, s=start, t=end, a=at)


def bar(count: int, largest: int, segment: int | None = None) -> Markup:
    """A bar as long as its share of the largest count; the count stands beside it."""
    width = round(count / max(largest, 1) * BAR_WIDTH, 1)
    colour = SEGMENT_COLOURS.get(segment or 0, "#768692")
    return Markup(
        '<svg class="tiny" aria-hidden="true" viewBox="0 0 {w} 14" width="{w}" height="14">'
        '<rect width="{b}" height="14" fill="{c}"/></svg>'
    ).format(w=BAR_WIDTH, b=width, c=colour)


def parts(counts: Sequence[int], unknown: int = 0) -> Markup:
    """One bar of all segments, each with its number where there is room; unknown ones are grey and last."""
    total = max(sum(counts) + unknown, 1)
    per = PARTS_WIDTH / total
    at = 0.0
    drawn = []
    colours = [*(SEGMENT_COLOURS[segment] for segment in range(1, len(counts) + 1)), "#aeb7bd"]
    for place, count in enumerate([*counts, unknown], 1):
        if not count:
            continue
        width = round(count * per, 1)
        drawn.append(
            Markup('<rect x="{}" width="{}" height="18" fill="{}" stroke="#fff"/>').format(
                round(at, 1), width, colours[place - 1]
            )
        )
        if place <= len(counts) and width >= 12:
            drawn.append(
                Markup('<text x="{}" y="13.5" fill="#fff" font-size="12">{}</text>').format(
                    round(at + width / 2 - 3.5, 1), place
                )
            )
        at += width
    return Markup(
        '<svg class="tiny" aria-hidden="true" viewBox="0 0 {w} 18" width="{w}" height="18">{drawn}</svg>'
    ).format(w=PARTS_WIDTH, drawn=Markup("").join(drawn))
