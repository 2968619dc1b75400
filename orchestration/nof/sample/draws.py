"""Chance, the same on every platform: each draw has a stream of its own, named by what it is for."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

SEED = "nof-2025-26 bundled nation 1"
"""Another text is another nation; the tests compare the committed seeds with this one."""


def _stream(key: tuple[str, ...]) -> Random:
    return Random("/".join((SEED, *key)))


def share(*key: str) -> float:
    """A draw between 0 and 1 that belongs to `key` alone, so that a new case shifts no other value."""
    return _stream(key).random()


def standing(*key: str) -> float:
    """A draw that is close to a standard normal, -6 to 6; good is positive.

    Twelve uniform draws added as whole numbers: `gauss` stands on the platform's logarithm, and the sum of
    doubles differs between Python versions. Only `random()` is promised to stay the same.
    """
    stream = _stream(key)
    total = 0
    for _ in range(12):
        total += int(stream.random() * 2**24)
    return total / 2**24 - 6.0


def fixed(value: float, places: int) -> Decimal:
    """`value` half-up at `places` decimals, from the exact binary fraction; never minus zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)
