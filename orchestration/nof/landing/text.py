"""How landing looks at a cell. The cell itself stays as published: it is staging that cleans it."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# Staging holds numbers in decimal(28,10) and takes what does not fit for no number: eighteen digits before
# the point as written, and room to round up.
_NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_LARGEST = Decimal(10) ** 18 - 1
_COUNT_LENGTH = 18
# DuckDB casts no text with a larger one to a decimal, however small the number is.
_LARGEST_EXPONENT = 18

# The end of a file's name that says which of two files is later; NHS England's monthly files say `-revised`.
VERSION = re.compile(r"[-_ ](?:v([0-9]{1,3})|revised)$", re.IGNORECASE)
REVISED_VERSION = 2


@lru_cache(maxsize=1 << 16)
def clean(text: str) -> str:
    """The text without surrounding spaces, non-breaking ones being spaces: no more forgiving than staging."""
    return text.replace("\u00a0", " ").strip(" ")


def as_number(text: str) -> Decimal | None:
    """The number that a cleaned cell states, or None: 'inf', 'nan', '1,000', '5%' and '0x1F' are none."""
    # Most numbers of a published file are plain counts, which the pattern lets through as they are.
    if len(text) < _COUNT_LENGTH and text.isascii() and text.isdigit():
        return Decimal(text)
    if not _NUMBER.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing through that Decimal refuses
        return None
    exponent = int(text.lower().partition("e")[2] or 0)
    return number if abs(number) < _LARGEST and exponent <= _LARGEST_EXPONENT else None


def canonical(text: str) -> str:
    """A form in which two cells are equal when they say the same: `1.0` and `1`, with or without spaces."""
    cleaned = clean(text)
    number = as_number(cleaned)
    return cleaned if number is None else f"{number.normalize() + 0:f}"
