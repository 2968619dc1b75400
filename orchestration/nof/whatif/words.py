"""Figures and headlines of an answer in the words of a board paper."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from nof.whatif.model import Cell, Figure, Standing

NONE = "none"
UNTOLD = "cannot be told"
ARROW = "->"
_NAMES = {
    "value": "Value",
    "cell_status": "Status",
    "metric_score": "Metric score",
    "pool_rank": "Rank in its pool",
    "value_rank": "Rank in its trust type",
    "domain_score": "Domain score",
    "domain_segment": "Domain segment",
    "domain_rank": "Rank of the domain score",
    "average_metric_score": "Average metric score",
    "average_rank": "Rank of the average",
    "unadjusted_segment": "Unadjusted segment",
    "financial_override": "Financial override",
    "adjusted_segment": "Adjusted segment",
    "final_segment": "Final segment",
    "league_rank": "League rank",
    "cut_point": "Cut point",
    "lower_quartile": "Lower quartile",
    "median": "Median",
    "upper_quartile": "Upper quartile",
}
# What a board asks for first.
_FIRST = (
    ("adjusted_segment", "segment", "segments"),
    ("average_metric_score", "average", "averages"),
    ("league_rank", "league rank", "league ranks"),
    ("metric_score", "metric score", "metric scores"),
)


def name_of(figure: str) -> str:
    """What a kind of figure is called."""
    return _NAMES[figure]


def counted(figures: Iterable[Figure]) -> str:
    """How many figures there are, and of those that a board asks for first how many of each kind."""
    found = Counter(each.figure for each in figures)
    first = [
        f"{found[figure]} {noun if found[figure] == 1 else nouns}"
        for figure, noun, nouns in _FIRST
        if found[figure]
    ]
    total = sum(found.values())
    said = f"{total} figure{'' if total == 1 else 's'}"
    return f"{said}, of them {_listed(first)}" if first else said


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def written(cell: Cell) -> str:
    """A figure as a reader reads it."""
    if cell is None:
        return NONE
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)


def after(figure: Figure) -> str:
    """The figure after the change, or that it cannot be told."""
    return UNTOLD if figure.reason else written(figure.after)


def headline(standing: Standing) -> str:
    """The sentence for the board: from which segment to which, by what average and what cut point."""
    before, now = standing.before, standing.after
    if before["adjusted_segment"] is None and not standing.untold and now["adjusted_segment"] is None:
        return "No segment, before or after"
    average = f"average {written(before['average_metric_score'])}"
    if standing.untold:
        return (
            f"Segment {written(before['adjusted_segment'])} {ARROW} {UNTOLD} ({average}): {standing.untold}"
        )
    average += f" {ARROW} {written(now['average_metric_score'])}"
    if standing.boundary:
        sides = standing.boundary.replace("/", " and ")
        cuts = f"{written(standing.cut_before)} {ARROW} {written(standing.cut_after)}"
        average += f", cut point between {sides} {cuts}"
    was, is_now = written(before["adjusted_segment"]), written(now["adjusted_segment"])
    if was == is_now:
        return f"Segment stays {was} ({average})"
    return f"Segment {was} {ARROW} {is_now} ({average})"


def override_sentence(standing: Standing) -> str:
    """What the financial override does to the trust, where it does or did something; otherwise empty."""
    before, now = standing.before, standing.after
    if standing.untold_override:
        return f"Whether the financial override is set cannot be told: {standing.untold_override}."
    if standing.untold:
        return ""
    held = now["financial_override"] and now["unadjusted_segment"] != now["adjusted_segment"]
    if before["financial_override"] != now["financial_override"]:
        state = {True: "is set now", False: "is lifted", None: "is not known any more"}
        return f"The financial override {state[_flag(now)]}: {standing.override_reason}."
    if held:
        return (
            f"The financial override holds it at {written(now['adjusted_segment'])}: without it the segment "
            f"goes from {written(before['unadjusted_segment'])} to {written(now['unadjusted_segment'])}."
        )
    return ""


def released_sentence(standing: Standing) -> str:
    """What the release says, where the voiding alone gives the trust another average or segment."""
    names = ("adjusted_segment", "average_metric_score")
    if all(standing.released[name] == standing.before[name] for name in names):
        return ""
    segment, average = (written(standing.released[name]) for name in names)
    return (
        f"The release has segment {segment} and average {average}, by published ranks that are void once a "
        "value is changed."
    )


def _flag(side: Mapping[str, Cell]) -> bool | None:
    flag = side["financial_override"]
    return None if flag is None else bool(flag)
