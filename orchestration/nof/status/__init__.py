"""Where a home stands on a day: what is in hand, what is awaited since when, what waits to be signed off."""

from nof.status.awaited import Awaited, State, awaited_inputs, quarters_without_a_day
from nof.status.publications import (
    Unused,
    awaited_publications,
    publication_labels,
    unused_publications,
)
from nof.status.standing import Standing, standing_of

__all__ = [
    "Awaited",
    "Standing",
    "State",
    "Unused",
    "awaited_inputs",
    "awaited_publications",
    "publication_labels",
    "quarters_without_a_day",
    "standing_of",
    "unused_publications",
]
