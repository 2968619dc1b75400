"""What tests of the pages about the nation share: figures read back from rows, tables made short for axe."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page

Figures = dict[str, dict[str, str]]

_READ = """
selector => [...document.querySelectorAll(selector)].map(row => ({
    key: [
        row.dataset.trust ?? row.dataset.type,
        (row.closest('[data-quarter]') ?? row).dataset.quarter,
    ].join(' '),
    figures: Object.fromEntries(
        [...row.querySelectorAll('[data-figure]')].map(each => [each.dataset.figure, each.textContent])
    ),
}))
"""
_SHORTEN = """
() => {
    for (const body of document.querySelectorAll('tbody, ul')) {
        [...body.querySelectorAll(':scope > [data-item], :scope > tr')].slice(10).forEach(row => row.remove())
    }
}
"""


def figures_of(page: Page, selector: str) -> Figures:
    """The figures of each row by `table.column`, the rows by trust (or type) and quarter.

    Raises:
        AssertionError: two rows are about the same.
    """
    rows = page.evaluate(_READ, selector)
    found: Figures = {row["key"]: row["figures"] for row in rows}
    assert len(found) == len(rows), "two rows are about the same trust and quarter"
    return found


def differences(
    shown: Mapping[str, Mapping[str, str]], released: Mapping[str, Mapping[str, Any]], names: Sequence[str]
) -> list[str]:
    """Where a page shows something else than the release.

    Args:
        shown: figures of a page by row.
        released: the same of the release; None where there is no figure.
        names: `table.column` of every figure that a row should show.
    """
    found = [f"no row for {key}" for key in released if key not in shown]
    found += [f"a row for {key}, which the release does not have" for key in shown if key not in released]
    for key in sorted(set(shown) & set(released)):
        for name in names:
            text, value = shown[key].get(name), released[key].get(name)
            if not agree(text, value, is_score=name.endswith("_score")):
                found.append(f"{key} {name}: {text!r} is shown for {value!r}")
        found += [f"{key} {name}: not asked for" for name in shown[key] if name not in names]
    return found


def agree(text: str | None, value: object, *, is_score: bool = False) -> bool:
    """Whether a text says what the release says: numbers exactly, scores always with two decimals."""
    if text is None or value is None:
        return text is None and value is None
    if isinstance(value, Decimal):
        if is_score and text != f"{value:.2f}":
            return False
        return Decimal(text) == value
    return text == str(value)


def by_row(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Rows of the release by trust and quarter, the first two columns, with the others by name."""
    return {f"{row[0]} {row[1]}": dict(zip(names, row[2:], strict=True)) for row in rows}


def shorten(page: Page) -> None:
    """Leave the first ten rows of every table and list: axe takes long for hundreds that are alike."""
    page.evaluate(_SHORTEN)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page, and not only something in it, is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def column(page: Page, selector: str, place: int) -> list[str]:
    """The texts of a column of a table, in the order shown; hidden rows are left out."""
    texts: list[str] = page.evaluate(
        "([selector, place]) => [...document.querySelectorAll(`${selector} tbody tr`)]"
        ".filter(row => !row.hidden).map(row => row.children[place].innerText.trim())",
        [selector, place],
    )
    return texts
