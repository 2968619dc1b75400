"""Makes over-time.html: quality over time on one page that loads nothing and needs no script."""

from collections.abc import Sequence

from nof.pages import render
from nof.quality.results import Result
from nof.quality.trend import came_and_went, claims, run_lines, runs_of
from nof.release.terms import Terms

# Columns that fit beside each other; the table of releases above has all of them.
RUNS_SHOWN = 6


def over_time_page(results: Sequence[Result], terms: Terms) -> str:
    """The page.

    Args:
        results: of every release in the line.
        terms: on what terms the release is given.
    """
    runs = runs_of(results)
    shown = runs[-RUNS_SHOWN:]
    came, went = came_and_went(results, runs)
    return render(
        "nof.quality",
        "over_time.html.j2",
        lines=run_lines(results)[::-1],
        run_count=len(runs),
        runs=shown[::-1],
        # The newest stands beside the claim, so that a narrow screen shows it first.
        claims=[{"last": each.last, "by_run": each.by_run[::-1]} for each in claims(results, shown)],
        came=came,
        went=went,
        terms=terms,
        cell=cell,
        share=share,
    )


def cell(said: Result | None) -> str:
    """What a claim said in one run, short."""
    if said is None:
        return "not made"
    if not said.checked_count:
        return "nothing to check" if said.is_passed else "could not be checked"
    if said.unexpected_count is None:
        return "holds" if said.is_passed else "does not hold"
    return f"{said.unexpected_count:,} of {said.checked_count:,}"


def share(part: int, whole: int) -> str:
    """A share of rows in per cent; none of none is no share."""
    return f"{100 * part / whole:.3f} %" if whole else "-"
