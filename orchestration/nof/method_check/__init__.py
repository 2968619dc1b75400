"""Whether the seeds hold a framework whole; a run under one that they do not is refused as input.

A framework is rows, so one can be half there: announced and not yet published, or written by somebody who
left a seed out. Scoring would then not fail but fall silent: a metric without applicability leaves the
spine, a score without thresholds gets no segment. What scoring needs is asked for before anything is built.
"""

from collections.abc import Callable, Iterator

from nof.errors import InputRefused, Problem
from nof.method_check import frame, metrics, segments
from nof.method_check.method import Method, Row, path_of

_Check = Callable[[Method], Iterator[Problem]]
_CHECKS: tuple[_Check, ...] = (*frame.CHECKS, *metrics.CHECKS, *segments.CHECKS)


def check_method(framework_id: str) -> None:
    """Refuse a framework that cannot be scored yet.

    Args:
        framework_id: a framework that seeds/framework/frameworks.csv has a row for.

    Raises:
        InputRefused: naming each seed that lacks rows, what they would say and where they come from.
    """
    problems = missing_rows(framework_id)
    if problems:
        raise InputRefused(problems)


def missing_rows(framework_id: str) -> list[Problem]:
    """What scoring needs and the seeds do not hold; known gaps first.

    Of a seed that a gap names nothing else is said: the gap says where its rows come from.
    """
    method = Method(framework_id)
    gaps = method.rows("method_gaps")
    known = {path_of(gap["seed_name"]) for gap in gaps}
    found = [problem for check in _CHECKS for problem in check(method)]
    return [_gap(framework_id, gap) for gap in gaps] + [each for each in found if each.file not in known]


def _gap(framework_id: str, gap: Row) -> Problem:
    return Problem(
        file=path_of(gap["seed_name"]),
        message=f"{framework_id} cannot be scored yet; not in hand: {gap['what_is_missing']}.",
        remedy=f"To be had from {gap['where_it_comes_from']}. Add the rows, then take the row of "
        f"{gap['seed_name']} out of {path_of('method_gaps')}.",
    )
