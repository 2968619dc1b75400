"""How a figure is written on a page, and the environment that templates are filled in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from nof.explain.figures import counted, cut, fix, plain, score
from nof.project import project_root
from nof.site.policy import CONTENT_SECURITY_POLICY

# Shown where there is no figure; a screen reader says the words.
NONE = Markup('<span aria-hidden="true">–</span><span class="nhsuk-u-visually-hidden">none</span>')


def shown_score(number: Decimal | None) -> str | Markup:
    """A score with its two decimals."""
    return NONE if number is None else score(number)


def shown(number: object, places: int | None = None) -> str | Markup:
    """A figure: numbers without trailing noughts, at most so many places; text and markup as it is."""
    if number is None:
        return NONE
    if isinstance(number, Markup):
        return number
    if isinstance(number, bool):
        return "yes" if number else "no"
    if isinstance(number, float):
        number = Decimal(repr(number))
    if isinstance(number, Decimal):
        return plain(number) if places is None else plain(number, places)
    if isinstance(number, date):
        return f"{number.day} {number:%B %Y}"
    return str(number)


def signed(number: Decimal | int | None, places: int = 2) -> str | Markup:
    """A change: with its sign, a true minus, always so many places, halves away from nought."""
    if number is None:
        return NONE
    text = f"{fix(Decimal(number), places):+f}"
    return "0" if not Decimal(text) else text.replace("-", "−")


def figure(number: object, name: str, text: object = None) -> Markup:
    """A figure of the release: shown, and marked with the table and column that it is of.

    Args:
        number: the figure; a score (its column ends in `_score`) is shown with two decimals.
        name: `table.column`.
        text: how it is shown, where that is another way.
    """
    if text is None:
        is_score = name.endswith("_score") and isinstance(number, Decimal)
        text = score(number) if is_score and isinstance(number, Decimal) else shown(number)
    # A page has some hundred of them: put together by hand, which is five times as quick as Markup's format.
    return Markup(f'<span data-figure="{escape(name)}">{escape(text)}</span>')


def environment() -> Environment:
    """The environment of all pages: what is filled in is shown, never run; an unfilled name is an error."""
    made = Environment(
        loader=FileSystemLoader(project_root() / "site" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: Mapping[str, Any] = {
        "score": shown_score,
        "cut": lambda number: NONE if number is None else cut(number),
        "shown": shown,
        "signed": signed,
        "counted": counted,
    }
    made.filters.update(filters)
    made.globals.update(figure=figure, NONE=NONE, content_security_policy=CONTENT_SECURITY_POLICY)
    return made
