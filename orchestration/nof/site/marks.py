"""Markup that tables made in Python need: a segment with its number, a link to a trust, a range."""

from decimal import Decimal

from markupsafe import Markup

from nof.explain.figures import score
from nof.site.look import NONE, figure
from nof.site.released import Trust


def segment_mark(number: int | None, name: str = "") -> Markup:
    """A segment with its number, as the macro `segment` shows it.

    Args:
        number: the segment.
        name: `table.column` that it is a figure of; empty for none.
    """
    if number is None:
        return NONE
    shown = figure(number, name) if name else number
    return Markup('<span class="segment segment--{}">{}</span>').format(number, shown)


def trust_mark(trust: Trust, root: str = "", after: str = "") -> Markup:
    """The name of a trust as a link to its page, with its code."""
    return Markup('<a href="{}{}">{}</a> <span class="code">{}</span>{}').format(
        root, trust.path, trust.name, trust.trust_code, after
    )


def range_mark(low: Decimal | None, high: Decimal | None) -> Markup:
    """Two ends of a range of scores, on one line."""
    if low is None or high is None:
        return NONE
    return Markup('<span class="nowrap">{} to {}</span>').format(score(low), score(high))


def link(path: str, text: object) -> Markup:
    """A link inside the site."""
    return Markup('<a href="{}">{}</a>').format(path, text)


def code(text: object) -> Markup:
    """A name of a file or a column."""
    return Markup("<code>{}</code>").format(text)


def explained(text: object, words: object) -> Markup:
    """A text with what it means below it, smaller."""
    return Markup('{} <span class="quiet">{}</span>').format(text, words)
