"""Places to sort by: the sortable table compares digits only, so a cell carries a whole number."""

from collections.abc import Iterable
from typing import Any


def places(values: Iterable[Any]) -> list[int]:
    """The place of each value among them, 1 for the smallest; equal ones share it, None comes last."""
    held = list(values)
    known = sorted({each for each in held if each is not None})
    order = {value: place for place, value in enumerate(known, 1)}
    return [order[value] if value is not None else len(order) + 1 for value in held]


def text_key(text: str | None) -> str | None:
    """What a text is sorted by: without regard to case."""
    return None if text is None else text.casefold()
