"""What is late of the source publications that a home uses; a home that uses none is told nothing."""

from collections import defaultdict
from collections.abc import Iterable

from nof.alerts.commands import command
from nof.alerts.notice import Notice
from nof.home import Home
from nof.status import Awaited, publication_labels
from nof.status.spans import spans


def notices_of_late_publications(home: Home, found: Iterable[Awaited], *, again_days: int) -> list[Notice]:
    """One notice for each role that is asked, with a line for each publication.

    Args:
        home: the home.
        found: what `nof status` has found of source publications; what is not late is passed over.
        again_days: after how many days the same periods are told again.
    """
    by_role: defaultdict[str, list[Awaited]] = defaultdict(list)
    for each in found:
        if each.state == "late":
            by_role[each.asked_role].append(each)
    return [_late(home, role, late, again_days) for role, late in sorted(by_role.items())]


def _late(home: Home, role: str, late: list[Awaited], again_days: int) -> Notice:
    labels = publication_labels()
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for each in late:
        by_kind[each.file_kind].add(each.period)
    without = {each.file_kind: each.without_it for each in late}
    keys = [f"late {kind} {period}" for kind, periods in by_kind.items() for period in sorted(periods)]
    newest = max(each.quarter_id for each in late)
    return Notice(
        event="late",
        headline=f"Late: {len(keys)} period{'' if len(keys) == 1 else 's'} of source publications.",
        next_step=f"Ask the {role[0].lower()}{role[1:]} for the files below.",
        home=str(home.root.absolute()),
        quarter=newest,
        details=(
            *(
                f"{labels[kind]}: {spans(periods)}. Without it: {without[kind]}"
                for kind, periods in by_kind.items()
            ),
            f"Once they are in the inbox: {command(home, 'run')}",
            "A run without them is right, and says what it has not got.",
        ),
        keys=tuple(keys),
        again_days=again_days,
    )
