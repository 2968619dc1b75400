"""Filled in by its author."""

from collections.abc import Iterator

from nof.site.model import Output
from nof.site.released import Released


def make(released: Released) -> Iterator[Output]:
    """Nothing yet."""
    yield from ()
