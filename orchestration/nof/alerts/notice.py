"""One thing to tell somebody: what happened, the one thing to do next, and where to look."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

# Of one line: a message is read on a telephone, and Teams takes no more than 28 kB of a card.
MOST_CHARACTERS = 500
MOST_DETAILS = 12

NEVER_AGAIN = None
EACH_TIME = 0
# What fails in the same words on the same day is one failure, however often a timer starts it.
ONCE_A_DAY = 1


@dataclass(frozen=True)
class Notice:
    """What is told; every text is one line without signs that are not seen, however it came about.

    Attributes:
        event: refused, gate_refused, failed, late, released, or test.
        headline: what happened, in one line.
        next_step: the one thing to do: a command, or whom by role to ask for what.
        home: folder of the home.
        quarter: NHS quarter, where it is about one.
        release: quarter and id, where it is about one.
        details: a few lines more.
        where: path of the refusal, the quality page or the release.
        keys: what it is about; it is told where one of these has not been told yet.
        again_days: after how many days the same is told again; 0 each time, None never.
    """

    event: str
    headline: str
    next_step: str
    home: str
    quarter: str = ""
    release: str = ""
    details: tuple[str, ...] = ()
    where: str = ""
    keys: tuple[str, ...] = ()
    again_days: int | None = EACH_TIME

    def __post_init__(self) -> None:
        """Clean what comes out of files: a name or a cell may hold anything."""
        for name in ("event", "headline", "next_step", "home", "quarter", "release", "where"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        details = [one_line(each).removeprefix("- ") for each in self.details if each.strip()]
        if len(details) > MOST_DETAILS:
            rest = len(details) - MOST_DETAILS + 1
            details = [*details[: MOST_DETAILS - 1], f"and {rest} lines more."]
        object.__setattr__(self, "details", tuple(details))

    @property
    def key(self) -> str:
        """All that it is about, as one text."""
        return " ".join(self.keys)

    def with_detail(self, line: str) -> "Notice":
        """The same with a line more."""
        return replace(self, details=(*self.details[: MOST_DETAILS - 1], line))

    def as_fields(self) -> dict[str, Any]:
        """Every attribute, as JSON takes it."""
        return asdict(self) | {"details": list(self.details), "keys": list(self.keys)}


def from_fields(fields: Mapping[str, Any]) -> Notice:
    """The notice again.

    Raises:
        TypeError, KeyError: these are not its fields.
    """
    return Notice(**{**fields, "details": tuple(fields["details"]), "keys": tuple(fields["keys"])})


def one_line(text: str, most: int = MOST_CHARACTERS) -> str:
    """A text as one line: no ends of lines, no control or direction signs, not longer than `most`."""
    seen = "".join(
        " " if sign.isspace() else sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in text.strip()
    )
    return seen if len(seen) <= most else f"{seen[: most - 1]}…"
