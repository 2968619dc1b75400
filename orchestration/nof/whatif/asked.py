"""What a person types for a change: `OF0013=80`, or `OF0013=` to take the cell away."""

from collections.abc import Sequence

from nof.errors import UsageRefused
from nof.whatif.model import Change

MISSING = "missing"
_HOW = "Write a change as OF0013=80, or as OF0013= to take the value away."


def read_changes(trust: str, words: Sequence[str], quarter: str | None = None) -> list[Change]:
    """The changes of one trust.

    Raises:
        UsageRefused: a word is no change.
    """
    return [read_change(trust, word, quarter) for word in words]


def read_change(trust: str, word: str, quarter: str | None = None) -> Change:
    """One change out of `METRIC=VALUE`.

    Raises:
        UsageRefused: it is written in another way.
    """
    metric, sign, value = word.partition("=")
    if not sign or not metric.strip():
        raise UsageRefused(f"{word!r} is no change of a cell. {_HOW}")
    return Change(trust, metric, value_of(value), quarter)


def value_of(text: str) -> str | None:
    """The new value of a cell; None where it is to be taken away (nothing, or `missing`)."""
    stripped = text.replace("\u00a0", " ").strip()
    return None if stripped.casefold() in ("", MISSING) else stripped
