"""The difference in words: the headline of the page and of the command, and why a segment moved."""

from collections.abc import Iterator, Mapping, Sized

from nof.difference.segments import REASONS, SegmentMove
from nof.difference.whole import Difference
from nof.explain.figures import joined

SHOWN_SCORES = 5


def headline(difference: Difference) -> str:
    """What a reader wants to know first, in one sentence or a few."""
    if difference.before is None:
        return "This is the first release of its kind: there is none before it, so nothing is compared."
    if difference.has_none:
        method = " The method changed, and no figure did." if difference.is_method_changed else ""
        return f"No difference: every row of every table is as it was, made from the same files.{method}"
    sentences = list(_sentences(difference))
    return " ".join(f"{text}." for text in sentences)


def _sentences(difference: Difference) -> Iterator[str]:
    segments = difference.segments_moved
    if segments:
        trusts = len({row["trust_code"] for row in segments})
        quarters = sorted({row["quarter_id"] or "" for row in segments})
        yield f"The segment of {_many(trusts, 'trust')} moved, in {joined(quarters)}"
    else:
        yield "No segment moved"
    if difference.segments_came_or_went:
        count = len({row["trust_code"] for row in difference.segments_came_or_went})
        yield f"{_many(count, 'trust')} came into or left a quarter that was there before"
    figures = sum(kind.count for kind in difference.kinds)
    yield (
        f"{_many(figures, 'figure')} moved in quarters that were there before"
        if figures
        else "No figure moved in a quarter that was there before"
    )
    if difference.quarters_came:
        yield f"New: {joined(difference.quarters_came)}"
    if difference.quarters_went:
        yield f"No longer there: {joined(difference.quarters_went)}"
    inputs = difference.inputs
    if inputs.came:
        yield f"{_many(len(inputs.came), 'file')} {_are(inputs.came)} new"
    if inputs.went:
        yield f"{_many(len(inputs.went), 'file')} {_are(inputs.went)} no longer used"
    yield "The method changed" if difference.is_method_changed else "The method did not change"
    if any(row["reasons"] and "unexplained" in row["reasons"] for row in difference.segments):
        yield "Not every move is explained by what was compared"


def why(row: SegmentMove) -> str:
    """The reasons of a move as one sentence without its full stop."""
    reasons = (row["reasons"] or "").split("; ")
    text = joined([REASONS[reason] for reason in reasons if reason])
    return text[:1].upper() + text[1:]


def behind(row: SegmentMove, labels: Mapping[str, str]) -> list[str]:
    """What lies behind a move, each as one line: own scores, cut points, override, programme, league.

    Args:
        row: the move.
        labels: names of metrics by id.
    """
    lines = []
    scores = (row["own_metric_scores"] or "").split("; ") if row["own_metric_scores"] else []
    for score in scores[:SHOWN_SCORES]:
        metric_id, _, rest = score.partition(" ")
        lines.append(f"{labels.get(metric_id, metric_id)} ({metric_id}): {rest.replace('_', ' ')}")
    if len(scores) > SHOWN_SCORES:
        lines.append(f"and {_many(len(scores) - SHOWN_SCORES, 'more metric score')}, in segments.csv")
    for label, name in (
        ("Cut points", "cut_points"),
        ("Override", "override"),
        ("System adjustment", "system_adjustment"),
        ("Improvement programme", "programme"),
        ("League table", "league"),
    ):
        if row[name]:
            lines.append(f"{label}: {row[name]}")
    return lines


def _are(found: Sized) -> str:
    return "is" if len(found) == 1 else "are"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
