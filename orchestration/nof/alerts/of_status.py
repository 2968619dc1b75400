"""What is late in a home: inputs that are awaited, and releases that nobody has signed off."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from nof.alerts.commands import command, finalise
from nof.alerts.notice import Notice
from nof.alerts.of_publications import notices_of_late_publications
from nof.home import Home
from nof.project import read_seed
from nof.release.states import ReleaseState
from nof.settings import Settings
from nof.settings.alerts import Alerts
from nof.status import Awaited

_KINDS = {"oversight_data": "data file", "league_table": "league table"}


def notices_of_late(
    home: Home,
    settings: Settings,
    found: Sequence[Awaited],
    states: Iterable[ReleaseState],
    *,
    on: date,
) -> list[Notice]:
    """All that is late in a home on a day, by its settings.

    Args:
        home: the home.
        settings: of the home, with alerts.
        found: what `nof status` has found.
        states: of its releases.
        on: the day to judge by.
    """
    alerts = settings.alerts or Alerts()
    return [
        *notices_of_late_inputs(
            home, [each for each in found if not each.period], on=on, again_days=alerts.repeat_late_days
        ),
        *notices_of_late_publications(
            home, [each for each in found if each.period], again_days=alerts.repeat_late_days
        ),
        *notices_of_sign_off(
            home,
            states,
            on=on,
            after_days=alerts.sign_off_days,
            roles=settings.sign_off.approver_roles,
            again_days=alerts.repeat_late_days,
            bundled_too=alerts.bundled,
        ),
    ]


def notices_of_late_inputs(
    home: Home, found: Iterable[Awaited], *, on: date, again_days: int
) -> list[Notice]:
    """One notice for each role that is asked, with all that is late of it.

    It is told again as soon as one more input is late, and otherwise after some days.

    Args:
        home: the home.
        found: what `nof status` has found; what is not late is passed over.
        on: the day to judge by.
        again_days: after how many days the same inputs are told again.
    """
    by_role: defaultdict[str, list[Awaited]] = defaultdict(list)
    for each in found:
        if each.state == "late":
            by_role[each.asked_role].append(each)
    return [_late(home, role, late, on, again_days) for role, late in sorted(by_role.items())]


def notices_of_sign_off(
    home: Home,
    states: Iterable[ReleaseState],
    *,
    on: date,
    after_days: int,
    roles: Sequence[str],
    again_days: int,
    bundled_too: bool,
) -> list[Notice]:
    """One notice for each release that has been provisional for so many days.

    Args:
        home: the home.
        states: of its releases; only those that are provisional count.
        on: the day to judge by.
        after_days: how long a release may wait.
        roles: those who may sign off, by nof.toml; empty where any role may.
        again_days: after how many days the same is told again.
        bundled_too: whether releases of the bundled nation are told.
    """
    notices = []
    for state in states:
        since = state.released.at[:10]
        days = (on - date.fromisoformat(since)).days
        if state.state == "provisional" and days >= after_days and (bundled_too or not state.is_bundled):
            notices.append(
                Notice(
                    event="late",
                    headline=f"Not signed off: {state.release}, provisional for {_days(days)}.",
                    next_step=f"Ask the {' or the '.join(roles) or 'role that signs off'} whether it is "
                    f"agreed; once it is: {finalise(home, state.release, roles)}",
                    home=str(home.root.absolute()),
                    quarter=state.quarter_id,
                    release=state.release,
                    details=(
                        "Until then every output says that it is provisional, and a prune may take it.",
                        f"What moved: {command(home, 'diff', 'previous', state.release)}",
                    ),
                    where=str((home.releases / state.release / "quality" / "quality.html").absolute()),
                    keys=(f"sign_off {state.release}",),
                    again_days=again_days,
                )
            )
    return notices


def _late(home: Home, role: str, late: Sequence[Awaited], on: date, again_days: int) -> Notice:
    types = {row["trust_type_id"]: row["trust_type_label"] for row in read_seed("reference", "trust_types")}
    by_file: defaultdict[tuple[str, str, str], list[Awaited]] = defaultdict(list)
    for each in late:
        by_file[each.file_kind, each.trust_type_id, each.without_it].append(each)
    details = []
    for (kind, trust_type_id, without_it), of_file in by_file.items():
        since = ", ".join(f"{each.quarter_id} ({_days((on - each.due_date).days)})" for each in of_file)
        file = f"{_KINDS[kind]}, {types[trust_type_id].lower()}"
        details.append(f"{file[0].upper()}{file[1:]}: {since}. Without it: {without_it}")
    newest = max(each.quarter_id for each in late)
    count = len(late)
    return Notice(
        event="late",
        headline=f"Late: {count} input{'' if count == 1 else 's'}, the newest of {newest}.",
        next_step=f"Ask the {role[0].lower()}{role[1:]} for the files below.",
        home=str(home.root.absolute()),
        quarter=newest,
        details=(
            *details,
            f"Once they are published: {command(home, 'fetch', newest)}",
            "A run without them is right, and says what it has not got.",
        ),
        keys=tuple(f"late {each.quarter_id} {each.file_kind} {each.trust_type_id}" for each in late),
        again_days=again_days,
    )


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
