"""What can stop a run, each with the exit status that the contract gives it."""

from collections.abc import Sequence
from dataclasses import dataclass


def printable(text: str) -> str:
    """The text with every sign that is not seen written out, so that a terminal obeys none of them."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else ascii(sign)[1:-1] for sign in text)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it is, what stands there, and what to do about it.

    `row` counts as a spreadsheet does: the header is row 1. Empty where the problem is the whole file's.
    """

    file: str
    message: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """One line: file, row, column, value, what is wrong, what to do."""
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        if self.value is not None:
            place.append(f"value {self.value!r}")
        return printable(f"{', '.join(place)}: {self.message} {self.remedy}")


class NofError(Exception):
    """A run that stops on purpose, with the exit status of the command and the last line of its message."""

    exit_status = 1
    consequence = "Nothing was published; the last release is untouched."


class UsageRefused(NofError):
    """The command was used in a way that cannot be meant (exit status 2)."""

    exit_status = 2
    consequence = "Nothing was done."


class HomeBusy(NofError):
    """Another run holds the home (exit status 1): nothing is wrong, and that run tells its own end."""


class InputRefused(NofError):
    """Input or method refused (exit status 3), with every problem found, not only the first."""

    exit_status = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ScoredGateRefused(NofError):
    """The scored gate refused (exit status 4): which expectation, how many rows, the first of them.

    `owner_role` and `remedy` are those of the first expectation that does not hold: who is asked, for what.
    """

    exit_status = 4

    def __init__(self, message: str, *, owner_role: str = "", remedy: str = "") -> None:
        self.owner_role, self.remedy = owner_role, remedy
        super().__init__(message)


class BuildFailed(NofError):
    """A model or a test of the build failed (exit status 1)."""
