"""What `nof why` prints: a sentence, the steps of the segment, and the parts of the average by size."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.explain.rows import Row
from nof.why import Why, signed

_PLACES = 4


def print_why(why: Why, console: Console) -> None:
    """Print why one trust moved; parts of nought are counted and not listed."""
    console.print(escape(why.sentence), soft_wrap=True)
    if why.steps:
        steps = ", ".join(f"{escape(label)} {steps:+d}" for label, steps in why.steps)
        console.print(f"Steps of the adjusted segment: {steps}", soft_wrap=True)
    shown = [part for part in why.parts if part["score_effect"] != 0]
    if not shown:
        return
    table = Table(title="Parts of the change of the average, the largest first", title_justify="left")
    table.add_column("Effect", justify="right", no_wrap=True)
    table.add_column("Part")
    table.add_column("Metric")
    for name in ("Value", "Score", "Place"):
        table.add_column(name, justify="right", no_wrap=True)
    for part in shown:
        table.add_row(
            signed(part["score_effect"], _PLACES),
            escape(part["part_label"]),
            escape(" ".join(filter(None, (part["metric_id"], part["metric_label"])))),
            _pair(part, "value", 2) or _pair(part, "value_label"),
            _pair(part, "metric_score", 2),
            _place(part),
        )
    console.print(table)
    total = sum(part["score_effect"] for part in why.parts)
    left_out = len(why.parts) - len(shown)
    more = f"; {left_out} parts of nought are not listed" if left_out else ""
    basis = why.movement["score_basis"]
    console.print(f"Together {signed(total, 2)}, above nought for the worse{more}. Basis: {escape(basis)}.")


def _pair(part: Row, name: str, places: int | None = None) -> str:
    """Before and now, with a dash for what is not there; empty where neither is."""
    both = [part[f"{name}_before"], part[f"{name}_now"]]
    if both == [None, None]:
        return ""
    return " > ".join(
        "-" if each is None else escape(str(each)) if places is None else f"{each:.{places}f}"
        for each in both
    )


def _place(part: Row) -> str:
    before, own, now = (part[f"pool_rank_{name}"] for name in ("before", "own", "now"))
    if before is None and now is None:
        return ""
    places = [before, own, now] if own is not None else [before, now]
    return " > ".join("-" if place is None else str(place) for place in places)
