"""What the fault suite has tried and what became of it, over all tests and workers, shown at the end."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest

PROPERTY = "fault"
KILLS = "kill (SIGKILL)"
# What `make faults` promises; nothing is promised where they are not set.
PROMISED_KILLS, PROMISED_KINDS = "NOF_FAULTS_KILLS", "NOF_FAULTS_KINDS"
SEED = int(os.environ.get("NOF_FAULTS_SEED", "20260701"))


@dataclass
class Tally:
    """One kind of fault at one place, as one test tries it.

    Attributes:
        kind: what was done to a home or to the process that works in it.
        place: where: a step, a file.
        tried: faults that are known to have hit.
        survived: those after which everything was as it should be.
        missed: tries in which the step was over before the fault came; not among those tried.
        lost: good releases that were not there or not whole any more.
        wrong: releases visible that should not be, or with other figures than an undisturbed run gives.
    """

    kind: str
    place: str
    tried: int = 0
    survived: int = 0
    missed: int = 0
    lost: int = 0
    wrong: int = 0

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep what is reported up to date: the report of a test that fails must have it too."""
        object.__setattr__(self, name, value)
        self.reported[name] = value

    @property
    def reported(self) -> dict[str, Any]:
        """The counts by name, the same object all along."""
        found: dict[str, Any] = self.__dict__.setdefault("_reported", {})
        return found


Tallies = Callable[[str, str], Tally]


def tallies_of(record: Callable[[str, object], None]) -> Tallies:
    """What a test calls once for each kind and place that it tries."""

    def make(kind: str, place: str) -> Tally:
        tally = Tally(kind, place)
        record(PROPERTY, tally.reported)
        return tally

    return make


def all_of(reporter: pytest.TerminalReporter) -> list[dict[str, Any]]:
    """Every tally of a session."""
    reports = reporter.getreports("passed") + reporter.getreports("failed")
    return [dict(value) for each in reports for name, value in each.user_properties if name == PROPERTY]


def shortcomings(found: Iterable[dict[str, Any]]) -> list[str]:
    """What is wrong with the totals: a loss, a wrong release, a fault not survived, fewer than promised."""
    rows = list(found)
    kills = sum(row["tried"] for row in rows if row["kind"] == KILLS)
    kinds = {row["kind"] for row in rows if row["tried"]} - {KILLS}
    wanted_kills = int(os.environ.get(PROMISED_KILLS, "0"))
    wanted_kinds = int(os.environ.get(PROMISED_KINDS, "0"))
    said = [
        f"{what}: {count}"
        for what, count in (
            ("releases lost", sum(row["lost"] for row in rows)),
            ("wrong releases published", sum(row["wrong"] for row in rows)),
            ("faults not survived", sum(row["tried"] - row["survived"] for row in rows)),
        )
        if count
    ]
    if kills < wanted_kills:
        said.append(f"only {kills} kills hit, and {wanted_kills} are promised")
    if len(kinds) < wanted_kinds:
        said.append(f"only {len(kinds)} other kinds of fault, and {wanted_kinds} are promised")
    return said


def lines_of(found: Iterable[dict[str, Any]]) -> list[str]:
    """The table: by kind and place, then the totals."""
    rows = list(found)
    lines = [f"{'fault':<34} {'where':<46} {'tried':>6} {'survived':>9} {'missed':>7}"]
    for kind in sorted({row["kind"] for row in rows}, key=lambda each: (each != KILLS, each)):
        places: dict[str, list[int]] = {}
        for row in rows:
            if row["kind"] == kind:
                sums = places.setdefault(row["place"], [0, 0, 0])
                for place, name in enumerate(("tried", "survived", "missed")):
                    sums[place] += row[name]
        for where, (tried, survived, missed) in sorted(places.items()):
            lines.append(f"{kind:<34} {where:<46} {tried:>6} {survived:>9} {missed:>7}")
    kills = [row for row in rows if row["kind"] == KILLS]
    others = [row for row in rows if row["kind"] != KILLS]
    kinds = {row["kind"] for row in others if row["tried"]}
    lines += [
        "",
        f"Tried: {sum(row['tried'] for row in kills)} kills, and "
        f"{sum(row['tried'] for row in others)} faults of {len(kinds)} other kinds "
        f"(seed {SEED}; missed ones are not counted)",
        f"Survived: {sum(row['survived'] for row in rows)} of {sum(row['tried'] for row in rows)}",
        f"Releases lost: {sum(row['lost'] for row in rows)}",
        f"Wrong releases published: {sum(row['wrong'] for row in rows)}",
    ]
    return lines
