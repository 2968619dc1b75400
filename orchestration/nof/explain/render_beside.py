"""What stands beside a score, on a page: what follows, ratings, contextual metrics, winter."""

from itertools import groupby

from rich.console import Console

from nof.explain.layout import heading, named_lines, paragraph, said, table
from nof.explain.model import Beside, Consequence, ContextMetric, Ratings


def beside_sections(beside: Beside, console: Console, *, first: int) -> int:
    """Print a numbered section for each thing of which there is something to say.

    Args:
        beside: what there is.
        console: where to.
        first: number of the first section.

    Returns:
        The number of the section after the last.
    """
    number = first
    for section in (_consequences, _all_ratings, _context, _winter):
        number += section(beside, console, number)
    return number


def _consequences(beside: Beside, console: Console, number: int) -> int:
    if not beside.consequences:
        return 0
    by_outcome: dict[str, list[Consequence]] = {}
    for item in beside.consequences:
        by_outcome.setdefault(item.outcome, []).append(item)
    applies, unknown = by_outcome.get("applies", []), by_outcome.get("unknown", [])
    rest = by_outcome.get("does_not_apply", [])
    counts = f"applies {len(applies)}, does not {len(rest)}" + (f", open {len(unknown)}" if unknown else "")
    heading(console, f"{number}. What follows: {counts}")
    for item in applies:
        paragraph(console, f"Applies: {item.label}")
        named_lines(console, [(name, said(claim)) for name, claim in item.lines])
    for title, items in (("Open", unknown), ("Does not apply", rest)):
        for item in items:
            because = next(said(claim) for name, claim in item.lines if name == "because")
            paragraph(console, f"{title}: {item.label} ({because})")
    return 1


def _all_ratings(beside: Beside, console: Console, number: int) -> int:
    for offset, ratings in enumerate(beside.ratings):
        _ratings(ratings, console, number + offset)
    return len(beside.ratings)


def _ratings(ratings: Ratings, console: Console, number: int) -> None:
    heading(console, f"{number}. {ratings.register}")
    for told, items in groupby(ratings.in_hand, key=lambda item: item.told):
        for item in items:
            paragraph(console, f"{item.subject}: {'; '.join(filter(None, (item.rating, item.place)))}")
        paragraph(console, told, indent=2)
    if not ratings.in_hand:
        paragraph(console, "Not in hand: no register entry covers the quarter.")
    elif ratings.not_in_hand:
        paragraph(console, f"Not in hand: {'; '.join(ratings.not_in_hand)}.")
    paragraph(console, ratings.sentence)


def _context(beside: Beside, console: Console, number: int) -> int:
    context = [item for item in beside.context if item.is_for_type]
    if not context:
        return 0
    in_hand = [item for item in context if item.value]
    heading(console, f"{number}. Contextual metrics, beside the score: {len(in_hand)} of {len(context)}")
    paragraph(console, "They have no score and enter no average.")
    if in_hand:
        table(
            console,
            ("metric", "value", "median", "file and row"),
            (
                (f"{item.metric.metric_id} {item.metric.metric_label}", item.value, item.median, item.place)
                for item in in_hand
            ),
            figures=("median", "file and row"),
        )
    for why, items in _without_value(context).items():
        paragraph(console, f"No value ({why}): {', '.join(item.metric.metric_id for item in items)}.")
    return 1


def _without_value(context: list[ContextMetric]) -> dict[str, list[ContextMetric]]:
    groups: dict[str, list[ContextMetric]] = {}
    for item in context:
        if not item.value:
            why = f"{item.metric.status}: {item.metric.reason or item.metric.status_words}"
            groups.setdefault(why, []).append(item)
    return groups


def _winter(beside: Beside, console: Console, number: int) -> int:
    if not beside.winter:
        return 0
    heading(console, f"{number}. Winter assurance")
    for subject, told in beside.winter:
        paragraph(console, f"{subject}: {told}")
    return 1
