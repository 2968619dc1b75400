"""An answer in a terminal: the segment first, then the trust's own figures, the others, and what to know."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.whatif.model import BY_VOIDING, CANNOT_BE_TOLD, MOVED, Answer, Figure, Standing
from nof.whatif.words import (
    ARROW,
    after,
    counted,
    headline,
    name_of,
    override_sentence,
    released_sentence,
    written,
)

# Of more trusts only the headlines are shown; every figure is in the rows.
SHOWN_TRUSTS = 3
SHOWN_OTHERS = 20
SHOWN_REASONS = 5
_SEGMENT = "adjusted_segment"


def render(answer: Answer, console: Console) -> None:
    """Print an answer for people.

    Args:
        answer: what moves.
        console: where to; tables wrap to its width.
    """
    for standing in answer.standings:
        _headline(console, answer, standing)
    if len(answer.standings) <= SHOWN_TRUSTS:
        for standing in answer.standings:
            _own(console, answer, standing)
    _others(console, answer)
    _nation(console, answer)
    _untold(console, answer)
    _voiding(console, answer)
    for note in answer.notes:
        console.print(f"Note: {escape(note)}", soft_wrap=True)


def _headline(console: Console, answer: Answer, standing: Standing) -> None:
    who = f"{standing.trust_code} {standing.trust_name}".strip()
    console.print(f"\n[bold]{escape(who)}[/bold], {standing.quarter_id}", soft_wrap=True)
    for each in answer.changes:
        if (each.trust_code, each.quarter_id) == (standing.trust_code, standing.quarter_id):
            was = each.was if each.was is not None else "no row"
            now = each.value if each.value is not None else "taken away"
            console.print(escape(f"What if {each.metric_id}: {was} {ARROW} {now}"), soft_wrap=True)
    console.print(f"[bold]{escape(headline(standing))}[/bold]", soft_wrap=True)
    for said in (override_sentence(standing), released_sentence(standing)):
        if said:
            console.print(escape(said), soft_wrap=True)


def _own(console: Console, answer: Answer, standing: Standing) -> None:
    found = [
        each
        for each in answer.of(standing.trust_code)
        if each.quarter_id == standing.quarter_id and each.effect != BY_VOIDING
    ]
    if not found:
        console.print(escape(f"Nothing of {standing.trust_code} moves."))
        return
    table = Table(title=f"What moves of {standing.trust_code}", title_justify="left")
    for name in ("Figure", "Measure", "Before", "After"):
        table.add_column(name, justify="right" if name in ("Before", "After") else "left")
    for each in found:
        table.add_row(
            name_of(each.figure), each.measure_id, escape(written(each.before)), escape(after(each))
        )
    console.print(table)


def _others(console: Console, answer: Answer) -> None:
    """Trusts that were not changed: who changes segment, and how many figures move."""
    own = {(each.quarter_id, each.trust_code) for each in answer.standings}
    moved = [
        each
        for each in answer.only(MOVED)
        if each.trust_code and (each.quarter_id, each.trust_code) not in own
    ]
    crossing = [each for each in moved if each.figure == _SEGMENT]
    if crossing:
        _crossing(console, answer, crossing)
    count = sum(answer.trust_counts.values()) - len(answer.standings)
    trusts = {(each.quarter_id, each.trust_code) for each in moved}
    if not moved:
        console.print(
            f"Nothing that can be told moves of the other {count} segmented trusts.", soft_wrap=True
        )
        return
    said = f"Of the other {count} segmented trusts {_changing(len(crossing))}"
    if answer.only(CANNOT_BE_TOLD, _SEGMENT):
        said += " of those whose segment can be told"
    console.print(f"{said}; something moves for {len(trusts)} ({counted(moved)}).", soft_wrap=True)


def _changing(count: int) -> str:
    return "none changes segment" if not count else f"{count} change{'s' if count == 1 else ''} segment"


def _crossing(console: Console, answer: Answer, crossing: Sequence[Figure]) -> None:
    more = f" (the first {SHOWN_OTHERS} of {len(crossing)})" if len(crossing) > SHOWN_OTHERS else ""
    table = Table(title=f"Other trusts that change segment{more}", title_justify="left")
    for name in ("Quarter", "Trust", "Segment", "Average"):
        table.add_column(name)
    averages = {
        (each.quarter_id, each.trust_code): f"{written(each.before)} {ARROW} {after(each)}"
        for each in answer.figures
        if each.figure == "average_metric_score" and each.effect == MOVED
    }
    for each in crossing[:SHOWN_OTHERS]:
        table.add_row(
            each.quarter_id,
            escape(f"{each.trust_code} {each.trust_name}".strip()),
            f"{written(each.before)} {ARROW} {after(each)}",
            averages.get((each.quarter_id, each.trust_code), "does not move: the cut point does"),
        )
    console.print(table)


def _nation(console: Console, answer: Answer) -> None:
    cuts = answer.only(MOVED, "cut_point")
    for each in cuts:
        console.print(
            f"Cut point {each.place.split(' ')[0]} of {each.measure_id} in {each.quarter_id}: "
            f"{written(each.before)} {ARROW} {after(each)}"
        )
    if not cuts and not answer.only(CANNOT_BE_TOLD, "cut_point"):
        console.print("No cut point moves.")


def _untold(console: Console, answer: Answer) -> None:
    untold = answer.only(CANNOT_BE_TOLD)
    if not untold:
        return
    trusts = {(each.quarter_id, each.trust_code) for each in untold if each.trust_code}
    console.print(
        f"\n[bold]Cannot be told[/bold] for {_trusts(len(trusts))}: {counted(untold)}. They are not shown as "
        "if nothing moved:",
        soft_wrap=True,
    )
    reasons = Counter(each.reason for each in untold if each.figure == "metric_score") or Counter(
        each.reason for each in untold
    )
    for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_REASONS]:
        console.print(escape(f"- {reason} (for {_trusts(count)})"), soft_wrap=True)


def _trusts(count: int) -> str:
    return f"{count} trust{'' if count == 1 else 's'}"


def _voiding(console: Console, answer: Answer) -> None:
    voided = answer.voided
    if voided.ranks or voided.scores or voided.flags:
        said = [
            f"{count} published {name if count == 1 else f'{name}s'}"
            for name, count in (("rank", voided.ranks), ("score", voided.scores), ("flag", voided.flags))
            if count
        ]
        console.print(f"\nVoid because a cell is changed: {', '.join(said)}.", soft_wrap=True)
        by_voiding = [
            each
            for each in answer.figures
            if each.effect == BY_VOIDING or (each.effect == MOVED and each.released != each.before)
        ]
        if by_voiding:
            console.print(
                "Ranking again by the rounded values, without any change, moves "
                f"{counted(by_voiding)} against the release. Before means after that.",
                soft_wrap=True,
            )
        else:
            console.print("That alone moves no figure that can be told.", soft_wrap=True)
