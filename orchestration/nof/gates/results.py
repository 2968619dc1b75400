"""What a gate found: one row per expectation, and how those rows are written to and read from CSV."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal

GateName = Literal["landed", "scored"]
GATES: tuple[GateName, ...] = ("landed", "scored")

# The closed list of what can come of an expectation. Only `passed` and `nothing_to_check_allowed` let a run
# go on; the second is kept apart so that an empty input never reads as a check that was made.
PASSED = "passed"
FAILED = "failed"
NOTHING_TO_CHECK = "nothing_to_check"
NOTHING_TO_CHECK_ALLOWED = "nothing_to_check_allowed"
COULD_NOT_BE_RUN = "could_not_be_run"


@dataclass(frozen=True)
class Example:
    """One row that an expectation did not expect: where it is and what stands there."""

    place: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str], ...]

    def named(self, name: str) -> str | None:
        """The part of the place called `name` (file, row, quarter, trust, metric …), where there is one."""
        return dict(self.place).get(name)

    def __str__(self) -> str:
        """`file f.csv, row 17, quarter 2025-26-Q1, trust RXX, metric OF0005: value_number = 140`."""
        where = ", ".join(f"{name} {text}" for name, text in self.place)
        what = ", ".join(f"{column} = {text}" for column, text in self.cells)
        return f"{where}: {what}" if where else what


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation of one gate: the claim, the verdict, and the rows it stands on.

    `checked_count` is the denominator: how many rows the expectation looked at, empty cells left out where
    the expectation is about values. `unexpected_count` is None where it judges the table as a whole.
    `examples` are all the rows against it, `first_unexpected` says the first of them.
    """

    gate: str
    suite: str
    relation: str
    expectation_id: str
    expectation_type: str
    column: str
    severity: str
    is_passed: bool
    outcome: str
    checked_count: int
    unexpected_count: int | None
    first_unexpected: str
    observed: str
    meaning: str
    remedy: str
    owner_role: str
    examples: tuple[Example, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class GateResult:
    """The verdict of a gate on one build.

    `failed_count` counts failures of every severity, so it can be above 0 where the gate passed.
    """

    gate: str
    is_passed: bool
    expectation_count: int
    failed_count: int
    rows: tuple[ExpectationResult, ...]

    @classmethod
    def of(cls, gate: str, rows: Sequence[ExpectationResult], expectation_count: int) -> "GateResult":
        """Decide: it passes where no critical row failed and at least one was really checked."""
        failed = [row for row in rows if not row.is_passed]
        is_passed = (
            expectation_count > 0
            and any(row.outcome == PASSED for row in rows)
            and not any(row.severity == "critical" for row in failed)
        )
        return cls(gate, is_passed, expectation_count, len(failed), tuple(rows))

    @property
    def refusals(self) -> tuple[ExpectationResult, ...]:
        """The failed expectations that stop a run."""
        return tuple(row for row in self.rows if not row.is_passed and row.severity == "critical")

    @property
    def warnings(self) -> tuple[ExpectationResult, ...]:
        """The failed expectations that are shown and kept, and do not stop a run."""
        return tuple(row for row in self.rows if not row.is_passed and row.severity != "critical")


COLUMNS = tuple(f.name for f in fields(ExpectationResult) if f.name != "examples")


def write_rows(path: Path, rows: Sequence[ExpectationResult]) -> None:
    """Write the rows as CSV (UTF-8, one line feed per line): true/false for booleans, empty for None."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            cells = asdict(row) | {"is_passed": str(row.is_passed).lower()}
            writer.writerow(cells)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a results CSV as text, in file order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
