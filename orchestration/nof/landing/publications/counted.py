"""Counts of patients or attendances in a source publication: not negative, and whole or in halves."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from nof.landing.no_number import why_no_number
from nof.landing.text import as_number, clean

_AGAIN = (
    "Fetch the file again. If it is published so, the publication leaves figures out in a new way: have the "
    "reader say what it stands for before the file is landed."
)

# Where a total does not agree with its parts.
ROWS_LOST = "Fetch the file again: rows may be lost or changed. If it is published so, ask NHS England."


class Counted(NamedTuple):
    """What a cell counts, and what is wrong with it; where something is, the number is None."""

    number: Decimal | None
    message: str = ""
    remedy: str = ""


@lru_cache(maxsize=1 << 14)
def count_of(text: str, *, may_be_half: bool = False) -> Counted:
    """The count that a cell states.

    Args:
        text: the cell as published.
        may_be_half: whether two organisations may share one patient, and each count half of them.
    """
    number = as_number(clean(text))
    if number is None:
        return Counted(None, why_no_number(clean(text)), _AGAIN)
    if number < 0:
        return Counted(None, "this count is negative.", _AGAIN)
    if number * (2 if may_be_half else 1) % 1:
        allowed = "a whole number or a half (shared between two organisations)" if may_be_half else "whole"
        return Counted(None, f"this count must be {allowed}.", _AGAIN)
    return Counted(number)


def shown(number: Decimal) -> str:
    """A count as a message shows it: 1,374,917 or 3.5."""
    return f"{number.normalize():,f}"
