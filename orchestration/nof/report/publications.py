"""What `nof status` prints of source publications: the periods in hand, awaited and late, a line for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.table import Table

from nof.status import Awaited, Unused, publication_labels
from nof.status.spans import spans

# A column for each state that some period is in, in this order.
_COLUMNS = {
    "in_hand": "In hand",
    "due": "Due",
    "late": "Late",
    "not_due": "Not due",
    "not_asked": "Before the first in hand",
}


def publications_table(found: Sequence[Awaited], title: str) -> Table:
    """One row for each publication in use, its months or years by their state.

    Args:
        found: of source publications.
        title: what day it is of.
    """
    by_kind: defaultdict[str, list[Awaited]] = defaultdict(list)
    for each in found:
        by_kind[each.file_kind].append(each)
    states = [state for state in _COLUMNS if any(_state(each) == state for each in found)]
    labels = publication_labels()
    quarters = [each.quarter_id for each in found]
    table = Table(title=f"{title}, for {min(quarters)} to {max(quarters)}", title_justify="left")
    for name in ("Source publication", *(_COLUMNS[state] for state in states)):
        table.add_column(name)
    for kind in (each for each in labels if each in by_kind):
        cells = (spans(each.period for each in by_kind[kind] if _state(each) == state) for state in states)
        table.add_row(labels[kind], *cells)
    return table


def late_publications(late: Sequence[Awaited]) -> Iterator[str]:
    """One line for each publication that is asked for, with all its periods."""
    labels = publication_labels()
    for kind in dict.fromkeys(each.file_kind for each in late):
        of_it = [each for each in late if each.file_kind == kind]
        since = min(each.late_date for each in of_it)
        periods = spans(each.period for each in of_it)
        yield f"- {labels[kind]}: {periods} (the first late since {since}). Without it: {of_it[0].without_it}"


def unused_line(unused: Sequence[Unused], *, is_any_used: bool) -> str:
    """The one line on publications of which nothing was ever landed."""
    gives = "; ".join(f"{each.label} ({each.gives})" for each in unused)
    said = "No other source publication is in hand." if is_any_used else "No source publication is in hand."
    return f"{said} What could be made from them before the framework's files are out: {gives}."


def _state(each: Awaited) -> str:
    return "in_hand" if each.state == "restated" else each.state
