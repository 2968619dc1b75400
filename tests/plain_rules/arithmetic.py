"""The arithmetic that the rules share: rounding, competition rank, quantile, mean; exact throughout."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import TypeVar

Key = TypeVar("Key")


def half_up(number: Fraction, places: int = 2) -> Fraction:
    """Round to `places` decimals; a half goes away from zero (rules 1: half-up on the exact fraction)."""
    scale = 10**places
    size = Fraction(floor(abs(number) * scale + Fraction(1, 2)), scale)
    return -size if number < 0 else size


def competition_ranks(ordering: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Rank 1 for the lowest; all who tie take the best rank (SQL `rank()`)."""
    ordered = sorted(ordering.values())
    return {key: 1 + bisect_left(ordered, own) for key, own in ordering.items()}


def quantile(numbers: Sequence[Fraction], share: Fraction) -> Fraction:
    """Type 7: linear between the two order statistics around position (n - 1) x share."""
    ordered = sorted(numbers)
    position = (len(ordered) - 1) * share
    below = floor(position)
    if below + 1 == len(ordered):
        return ordered[below]
    return ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])


def mean(numbers: Iterable[Fraction]) -> Fraction:
    """The plain mean of at least one number."""
    listed = list(numbers)
    return sum(listed, Fraction(0)) / len(listed)
