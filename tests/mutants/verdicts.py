"""What became of each mutant, the table of it, and what makes the run a failure."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from mutants.killed import Killed

EQUIVALENT = Path(__file__).with_name("equivalent.csv")


class Mutant(Protocol):
    """Anything that is changed, with the name that tells what."""

    @property
    def name(self) -> str: ...


Each = TypeVar("Each", bound=Mutant)


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant.

    Attributes:
        part: the model or the seed that it is of.
        name: the mutant.
        killed: the test that failed first; None where none did.
    """

    part: str
    name: str
    killed: Killed | None


def read_equivalents(path: Path = EQUIVALENT) -> dict[str, str]:
    """The mutants that can change no figure, with the reason why.

    Raises:
        ValueError: a mutant stands there twice, or without a reason.
    """
    found: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["mutant"] in found or not row["reason"]:
                raise ValueError(f"{path.name}: {row['mutant']} stands there twice or has no reason")
            found[row["mutant"]] = row["reason"]
    return found


def judge(
    part: str,
    mutants: Iterable[Each],
    kill: Callable[[Each], Killed | None],
    progress: Callable[[Verdict], None] = lambda _: None,
) -> list[Verdict]:
    """The verdict on each mutant of a model or a seed."""
    found = []
    for mutant in mutants:
        found.append(Verdict(part, mutant.name, kill(mutant)))
        progress(found[-1])
    return found


def problems(
    verdicts: Sequence[Verdict], equivalents: Mapping[str, str], *, is_whole: bool = True
) -> list[str]:
    """Why the run is no proof that every rule is held; empty where it is.

    `is_whole`: whether every mutant was made, so that one that is not there is no mutant any more.
    """
    found = [] if verdicts else ["no mutant was made"]
    for verdict in verdicts:
        if verdict.killed is None and verdict.name not in equivalents:
            found.append(f"survived: {verdict.name}")
        if verdict.killed and verdict.name in equivalents:
            found.append(f"said to be equivalent, and {verdict.killed.test} fails: {verdict.name}")
    if is_whole:
        gone = equivalents.keys() - {verdict.name for verdict in verdicts}
        found += [f"said to be equivalent, and no mutant any more: {name}" for name in sorted(gone)]
    return found


def table(verdicts: Sequence[Verdict], equivalents: Mapping[str, str]) -> list[str]:
    """One line for each model and seed: mutants, killed by which kind of test first, and the rest."""
    kinds = [kind for kind, _ in Counter(each.killed.kind for each in verdicts if each.killed).most_common()]
    lines = [["", "mutants", "killed", "equivalent", "surviving", *kinds]]
    parts = list(dict.fromkeys(verdict.part for verdict in verdicts))
    for part in [*parts, "all"]:
        mine = [verdict for verdict in verdicts if part in {verdict.part, "all"}]
        killed = Counter(verdict.killed.kind for verdict in mine if verdict.killed)
        alive = [verdict.name in equivalents for verdict in mine if verdict.killed is None]
        counts = [len(mine), killed.total(), sum(alive), len(alive) - sum(alive)]
        lines.append([part, *map(str, [*counts, *(killed[kind] for kind in kinds)])])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        " | ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
