"""Figures as a page shows them, each with what names it, to hold against the release."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

_READ = """
within => [...document.querySelectorAll(`${within} [data-figure]`)].map(shown => {
    const names = {}
    for (let each = shown; each; each = each.parentElement)
        for (const [name, value] of Object.entries(each.dataset ?? {})) names[name] ??= value
    return {name: shown.dataset.figure, text: shown.textContent.trim(), names}
})
"""


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        name: `table.column`.
        text: as shown; a dash and "none" where there is none.
        names: what it is of, such as trust and quarter, by the attributes around it.
    """

    name: str
    text: str
    names: dict[str, str]


def figures(page: Page, name: str = "", *, within: str = "main") -> Iterator[Figure]:
    """The figures of a page; only those of a column where one is named."""
    for found in page.evaluate(_READ, within):
        if not name or found["name"] == name:
            yield Figure(found["name"], found["text"], found["names"])


def written(value: object) -> str:
    """What a page shows of a figure that needs no rounding: as text, a dash and "none" for nothing."""
    return "–none" if value is None else str(value)
