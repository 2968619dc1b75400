"""What people do to a release after it is out: finalise it, withdraw it. The caller holds the home's lock."""

from dataclasses import dataclass

from nof.errors import NofError, UsageRefused
from nof.home import Home
from nof.release.current import leave
from nof.release.events import Event, EventKind, append_event
from nof.release.find import find_current
from nof.release.listing import write_list
from nof.release.pick import pick
from nof.release.roles import approver_role, checked_reason
from nof.release.seal import named
from nof.release.states import ReleaseState, find_state, read_states
from nof.release.verify import Verification, verify_release


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did.

    Attributes:
        event: as written.
        was_current: whether `current` named the release.
        current: the release that `current` names now; None where there is none.
        standing_again: the releases whose place it had taken, and which stand again.
    """

    event: Event
    was_current: bool
    current: ReleaseState | None
    standing_again: tuple[ReleaseState, ...]


class DamagedRelease(NofError):
    """A release that is to be finalised is not what was released."""

    consequence = "It is not finalised; no event was written."


def said(event: Event) -> str:
    """When, by whom and why, for a message."""
    return f"on {event.at[:10]} by {event.by_role}: {event.reason}"


def finalise(home: Home, name: str, *, role: str, reason: str) -> tuple[Event, Verification]:
    """Say that a release is final, after proving that it is what was released.

    Args:
        home: the home.
        name: "quarter/id", an id, or "current".
        role: the role that decides.
        reason: why.

    Raises:
        UsageRefused: there is no such release, its state does not allow it, or the role or reason is not one.
        DamagedRelease: it is not what was released.
    """
    role, reason = approver_role(home, role), checked_reason(reason)
    state = pick(home, name)
    _refuse_final(state)
    found = verify_release(home, state)
    if found.findings:
        raise DamagedRelease(
            f"{state.release} is not what was released:\n" + "\n".join(f"- {each}" for each in found.findings)
        )
    event = _append(home, state, "finalised", role, reason)
    write_list(home)
    return event, found


def withdraw(home: Home, name: str, *, role: str, reason: str) -> Withdrawal:
    """Take a release back: its figures are not to be used, and `current` goes to the last good one.

    A superseded or pruned release may be withdrawn too: somebody has its figures.

    Raises:
        UsageRefused: there is no such release, it is withdrawn already, or the role or reason is not one.
    """
    role, reason = approver_role(home, role), checked_reason(reason)
    state = pick(home, name)
    if state.withdrawn is not None:
        raise UsageRefused(f"{state.release} is withdrawn already, {said(state.withdrawn)}.")
    before = read_states(home)
    current = find_current(home)
    was_current = current is not None and named(current) == state.release
    event = _append(home, state, "withdrawn", role, reason)
    after = read_states(home)
    if was_current:
        leave(home, after)
    write_list(home)
    now = find_current(home)
    superseded = {each.release for each in before if each.superseded_by is not None}
    return Withdrawal(
        event=event,
        was_current=was_current,
        current=find_state(after, named(now)) if now else None,
        standing_again=tuple(
            each
            for each in after
            if each.release in superseded and each.superseded_by is None and each.is_good
        ),
    )


def _refuse_final(state: ReleaseState) -> None:
    """Refuse a release that may not become final, with what to do instead."""
    release = state.release
    if state.is_forecast:
        raise UsageRefused(
            f"{release} is a forecast ({state.framework_id}) and never becomes final. Once the data files of "
            f"{state.quarter_id} are in hand, `nof run` makes the release to finalise."
        )
    if state.withdrawn is not None:
        raise UsageRefused(
            f"{release} was withdrawn {said(state.withdrawn)}. A withdrawn release stays withdrawn: "
            "land a corrected file, run, and finalise what that makes."
        )
    if state.superseded_by is not None:
        raise UsageRefused(
            f"{release} is superseded by {state.superseded_by}. Finalise that one or, if it is wrong, "
            "withdraw it first."
        )
    if state.pruned is not None:
        raise UsageRefused(
            f"{release} was pruned on {state.pruned.at[:10]}, so there is nothing to verify. Make it again "
            f"first (`nof run --quarter {state.quarter_id}`, see docs/runbooks/releases.md)."
        )
    if state.finalised is not None:
        raise UsageRefused(f"{release} is final already, {said(state.finalised)}.")


def _append(home: Home, state: ReleaseState, kind: EventKind, role: str, reason: str) -> Event:
    return append_event(
        home,
        kind,
        quarter_id=state.quarter_id,
        release_id=state.released.release_id,
        framework_id=state.framework_id,
        by_role=role,
        reason=reason,
    )
