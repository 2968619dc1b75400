"""What is told of results over time: each run in a line, and each claim that did not always hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from nof.gates.results import NOTHING_TO_CHECK_ALLOWED
from nof.quality.results import Result, Run


@dataclass(frozen=True)
class RunLine:
    """A run in a line.

    Attributes:
        run: the run.
        verdict: passed; else which gate refused.
        expectation_count: claims that were made.
        refusal_count: critical ones that do not hold.
        warning_count: others that do not hold.
        empty_count: those that had nothing to check, and may.
        checked_count: the denominator: rows looked at, once for each claim about them.
        unexpected_count: those of them for which a claim does not hold.
    """

    run: Run
    verdict: str
    expectation_count: int
    refusal_count: int
    warning_count: int
    empty_count: int
    checked_count: int
    unexpected_count: int


@dataclass(frozen=True)
class Claim:
    """A claim that did not hold of every row in every run.

    Attributes:
        last: what it said in the last run that made it.
        by_run: what it said in each of the runs asked for; None where that run did not make it.
    """

    last: Result
    by_run: tuple[Result | None, ...]


def runs_of(results: Sequence[Result]) -> list[Run]:
    """The runs, the first one first."""
    return sorted({each.run for each in results}, key=lambda run: run.order)


def run_lines(results: Sequence[Result]) -> list[RunLine]:
    """One line for each run, the first one first."""
    return [_line(run, [each for each in results if each.run == run]) for run in runs_of(results)]


def claims(results: Sequence[Result], runs: Sequence[Run]) -> list[Claim]:
    """The claims that did not hold of every row in every one of `runs`; refusals first, then by name."""
    shown = set(runs)
    of: dict[str, dict[Run, Result]] = {}
    for each in results:
        if each.run in shown:
            of.setdefault(each.expectation_id, {})[each.run] = each
    found = [
        Claim(
            last=said[max(said, key=lambda run: run.order)],
            by_run=tuple(said.get(run) for run in runs),
        )
        for said in of.values()
        if not all(each.is_clean for each in said.values())
    ]
    return sorted(found, key=lambda each: (each.last.severity != "critical", each.last.expectation_id))


def came_and_went(results: Sequence[Result], runs: Sequence[Run]) -> tuple[list[Result], list[Result]]:
    """Claims that the last of `runs` makes and the one before it did not; and the other way round."""
    if len(runs) < 2:
        return [], []
    before, now = (
        {each.expectation_id: each for each in results if each.run == run} for run in (runs[-2], runs[-1])
    )
    came = [now[name] for name in sorted(now.keys() - before.keys())]
    return came, [before[name] for name in sorted(before.keys() - now.keys())]


def _line(run: Run, results: Sequence[Result]) -> RunLine:
    failed = [each for each in results if not each.is_passed]
    refused = {each.gate for each in failed if each.severity == "critical"}
    verdict = " and ".join(f"{gate} gate refused" for gate in ("landed", "scored") if gate in refused)
    return RunLine(
        run=run,
        verdict=verdict or "passed",
        expectation_count=len(results),
        refusal_count=sum(each.severity == "critical" for each in failed),
        warning_count=sum(each.severity != "critical" for each in failed),
        empty_count=sum(each.outcome == NOTHING_TO_CHECK_ALLOWED for each in results),
        checked_count=sum(each.checked_count for each in results),
        unexpected_count=sum(each.unexpected_count or 0 for each in results),
    )
