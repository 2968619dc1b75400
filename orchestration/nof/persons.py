"""What looks like a person: the patterns of seeds/reference/person_patterns.csv, for text and for headings.

A pattern finds what has a shape: an address, a number, a title before a name. A bare name has none, which is
why text typed by hand stays out of a release whatever this finds.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nof.project import project_root, read_seed

# Words that make a name one of a place: a hospital named after somebody is no person.
_PLACES = frozenset(
    ("hospital", "infirmary", "centre", "unit", "ward", "wing", "clinic", "house", "building", "trust")
)
_NHS_NUMBER_LENGTH = 10
# No NHS number and no telephone number is shorter, so most cells of a published file need no look.
_SHORTEST_NUMBER = 10
_NATIONAL_LENGTHS = (9, 10)


class Finding(NamedTuple):
    """One thing that looks like a person: which pattern, and the text itself (never to be shown whole)."""

    pattern_id: str
    finds: str
    text: str

    @property
    def masked(self) -> str:
        """Enough to find it by, and no more."""
        return f"{self.text[:2]}…"


@dataclass(frozen=True)
class PersonPatterns:
    """The patterns, compiled.

    Attributes:
        anywhere: pattern, and what it finds, for any text.
        typed: those for text that was typed by hand besides.
        headings: those for a column's heading in small letters and digits alone.
    """

    anywhere: tuple["_Pattern", ...]
    typed: tuple["_Pattern", ...]
    headings: tuple["_Pattern", ...]

    def in_text(self, text: str, *, is_typed: bool) -> Iterator[Finding]:
        """Everything in a text that looks like a person.

        Args:
            text: a cell, or a whole file (slow: a second for each half megabyte).
            is_typed: whether it was typed by hand, where more can stand than in a published file.
        """
        if not is_typed and len(text) < _SHORTEST_NUMBER and "@" not in text:
            return
        for pattern in (*self.anywhere, *(self.typed if is_typed else ())):
            yield from pattern.found_in(text)

    def in_heading(self, heading: str) -> Finding | None:
        """What a heading says that its column is about, where that is a person."""
        bare = re.sub(r"[^a-z0-9]", "", heading.casefold())
        return next((found for pattern in self.headings for found in pattern.found_in(bare)), None)


@dataclass(frozen=True)
class _Pattern:
    pattern_id: str
    finds: str
    expression: re.Pattern[str]
    check_id: str

    def found_in(self, text: str) -> Iterator[Finding]:
        is_real = _CHECKS[self.check_id]
        for match in self.expression.finditer(text):
            found = match[1] if self.expression.groups else match[0]
            if is_real(found):
                yield Finding(self.pattern_id, self.finds, found)


def person_patterns() -> PersonPatterns:
    """The patterns of the seed in force."""
    return _compiled(str(project_root()))


@lru_cache(maxsize=4)
def _compiled(_root: str) -> PersonPatterns:
    rows = read_seed("reference", "person_patterns")

    def chosen(looks_at: str, applies_to: str) -> tuple[_Pattern, ...]:
        return tuple(
            _Pattern(row["pattern_id"], row["finds"], re.compile(row["pattern"]), row["check_id"])
            for row in rows
            if (row["looks_at"], row["applies_to"]) == (looks_at, applies_to)
        )

    return PersonPatterns(
        anywhere=chosen("text", "any"), typed=chosen("text", "register"), headings=chosen("heading", "any")
    )


def headings_of(header: Sequence[str]) -> list[str]:
    """The headings of a first row, also where its cells are not parted by commas."""
    return [piece.strip() for cell in header for piece in re.split(r"[;\t|,]", cell)]


def is_nhs_number(text: str) -> bool:
    """Whether ten digits are an NHS number: the last one checks the others, modulo 11."""
    digits = [int(each) for each in re.sub(r"\D", "", text)]
    if len(digits) != _NHS_NUMBER_LENGTH or len(set(digits)) == 1:
        return False
    total = sum(
        weight * digit for weight, digit in zip(range(_NHS_NUMBER_LENGTH, 1, -1), digits, strict=False)
    )
    return (11 - total % 11) % 11 == digits[-1]


def _is_telephone(text: str) -> bool:
    """Whether the digits are as many as a number of the United Kingdom has."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return len(re.sub(r"^(0044|44|0)", "", digits)) in _NATIONAL_LENGTHS


def _is_no_place(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1].casefold().strip(".'’") not in _PLACES


_CHECKS: dict[str, Callable[[str], bool]] = {
    "": lambda _: True,
    "nhs_number": is_nhs_number,
    "telephone": _is_telephone,
    "title_and_name": _is_no_place,
}
