"""What a test goes over, of which there is at least one: a loop that goes not once proves nothing."""

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


def some(items: Iterable[Item]) -> list[Item]:
    """The items in their order; an assertion fails where there are none."""
    found = list(items)
    assert found, "There is nothing to go over, so the test would prove nothing."
    return found
