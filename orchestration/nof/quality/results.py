"""One result of a gate as it is told over time, wherever it is read from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A run whose gates said something.

    Attributes:
        order: its place among the others, the first is 1.
        day: in a home the day of the run; in a release the day from which the figures are known.
        quarter_id: newest quarter that it scored.
        release_id: what its release is called, or would have been.
    """

    order: int
    day: str
    quarter_id: str
    release_id: str


@dataclass(frozen=True)
class Result:
    """What one expectation said in one run; see ExpectationResult for what the parts mean."""

    run: Run
    gate: str
    expectation_id: str
    severity: str
    outcome: str
    is_passed: bool
    checked_count: int
    unexpected_count: int | None
    first_unexpected: str
    meaning: str
    remedy: str
    owner_role: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all was found: no row against it, and it could be checked."""
        return self.is_passed and not self.unexpected_count
