"""What a part of the benchmark hands over, as types and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """What a part is asked for.

    Attributes:
        is_quick: whether to show only that the part works, on as little as will do; no such figure is kept.
        release: a release of the bundled nation, for parts that read one; None where a part makes its own.
        scratch: an empty folder of the part's own, removed afterwards.
    """

    is_quick: bool
    release: Path | None
    scratch: Path


@dataclass(frozen=True)
class Figure:
    """One thing that was measured, for example 2.31 seconds."""

    name: str
    value: float
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Figures that are read beside each other: a row per thing, a column per way."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"Table {self.title!r} has {len(self.columns)} columns, and the row {row}.")


@dataclass(frozen=True)
class Target:
    """What the issue asks for, beside what was measured.

    Attributes:
        text: the target in words.
        measured: in `unit`.
        limit: in `unit`; what is allowed `at most`, or wanted `at least`.
        is_met: as the two numbers say; `at_most` and `at_least` work it out.
        reason: why it is not met; never empty then.
        next_step: what would be done about it; never empty then.
    """

    text: str
    measured: float
    limit: float
    unit: str
    is_met: bool
    reason: str = ""
    next_step: str = ""
    bound: Literal["at most", "at least"] = "at most"

    def __post_init__(self) -> None:
        met = self.measured <= self.limit if self.bound == "at most" else self.measured >= self.limit
        if met != self.is_met:
            raise ValueError(
                f"Target {self.text!r}: {self.measured} is {self.bound} {self.limit}: {met}. "
                "Use at_most or at_least, which work it out."
            )


def at_most(
    text: str, measured: float, limit: float, unit: str, *, reason: str = "", next_step: str = ""
) -> Target:
    """A target that more than `limit` does not meet; the reason is kept only where it is not met."""
    is_met = measured <= limit
    kept = ("", "") if is_met else (reason, next_step)
    return Target(text, measured, limit, unit, is_met, *kept, bound="at most")


def at_least(
    text: str, measured: float, limit: float, unit: str, *, reason: str = "", next_step: str = ""
) -> Target:
    """A target that less than `limit` does not meet; the reason is kept only where it is not met."""
    is_met = measured >= limit
    kept = ("", "") if is_met else (reason, next_step)
    return Target(text, measured, limit, unit, is_met, *kept, bound="at least")


@dataclass(frozen=True)
class Part:
    """One part of the benchmark, measured.

    Attributes:
        key: its name in the table of parts.
        title: heading of its section.
        what: in plain words what is measured, from where to where, with which settings; then what it says.
        figures: what was measured, one by one.
        targets: of the issue, where it has any.
        tables: the same where it is better read side by side.
    """

    key: str
    title: str
    what: str
    figures: tuple[Figure, ...]
    targets: tuple[Target, ...] = ()
    tables: tuple[Table, ...] = ()


def to_json(part: Part) -> dict[str, Any]:
    """The part as plain values."""
    return asdict(part)


def from_json(values: dict[str, Any]) -> Part:
    """The part again; a name too many or too few is an error."""
    return Part(
        **{name: value for name, value in values.items() if name not in ("figures", "targets", "tables")},
        figures=tuple(Figure(**each) for each in values["figures"]),
        targets=tuple(Target(**each) for each in values["targets"]),
        tables=tuple(
            Table(
                title=each["title"],
                columns=tuple(each["columns"]),
                rows=tuple(tuple(row) for row in each["rows"]),
                note=each["note"],
            )
            for each in values["tables"]
        ),
    )


def written(values: dict[str, Any]) -> str:
    """JSON as results are kept: the same values give the same bytes."""
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
