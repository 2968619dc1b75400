"""The state of every release, computed from the events of its home; it is stored nowhere else.

Of several things that are true of a release the first in this order is its state:

1. `withdrawn`: its figures are not to be used. Nothing lifts it.
2. `pruned`: the retention rule took its folder away. Made again, it is what it was before.
3. `superseded`: a later release of the same quarter, framework and kind (landed files or the bundled nation)
   that is neither withdrawn nor pruned took its place. It ends when that one is withdrawn.
4. `final`: finalised by a person.
5. `provisional`: released by a run, nothing said since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from nof.frameworks import is_forecast
from nof.home import Home
from nof.release.events import Event, read_events

State = Literal["provisional", "final", "superseded", "withdrawn", "pruned"]


@dataclass(frozen=True)
class ReleaseState:
    """What the events of a home say about one release.

    Attributes:
        order: number of the event that first released it: of two releases the later one has the higher.
        released: the event of the last time it was made; a pruned release may be made again.
        finalised: the event; it stays, whatever happens later.
        withdrawn: the event.
        pruned: the event, unless the release was made again since.
        superseded: the event, while it holds.
        superseded_by: the release that took its place ("quarter/id"), while it holds.
    """

    order: int
    released: Event
    finalised: Event | None = None
    withdrawn: Event | None = None
    pruned: Event | None = None
    superseded: Event | None = None
    superseded_by: str | None = None

    @property
    def release(self) -> str:
        """The release as `current` names it: quarter and id."""
        return self.released.release

    @property
    def quarter_id(self) -> str:
        """Its newest quarter."""
        return self.released.quarter_id

    @property
    def framework_id(self) -> str:
        """The framework it was made under."""
        return self.released.framework_id

    @property
    def is_bundled(self) -> bool:
        """Whether its figures are the invented nation's."""
        return self.released.details["is_bundled"] == "true"

    @property
    def is_forecast(self) -> bool:
        """Whether its newest quarter was not published when it was made."""
        return is_forecast(self.framework_id)

    @property
    def kin(self) -> tuple[str, str, bool]:
        """Releases with the same quarter, framework and kind: the last good one of them stands."""
        return self.quarter_id, self.framework_id, self.is_bundled

    @property
    def is_good(self) -> bool:
        """Whether it can be pointed at: neither withdrawn nor pruned."""
        return self.withdrawn is None and self.pruned is None

    @property
    def is_protected(self) -> bool:
        """Whether no prune may take it: it was finalised and not withdrawn."""
        return self.finalised is not None and self.withdrawn is None

    @property
    def event(self) -> Event:
        """The event that gave it its state: since when, by which role and why."""
        for event in (self.withdrawn, self.pruned, self.superseded, self.finalised):
            if event is not None:
                return event
        return self.released

    @property
    def state(self) -> State:
        """Its state, by the precedence at the head of this module."""
        names = {"released": "provisional", "finalised": "final"}
        return cast("State", names.get(self.event.kind, self.event.kind))


def read_states(home: Home) -> list[ReleaseState]:
    """The state of every release that a home has ever made, in the order of their first release.

    Raises:
        NofError: the log of events is damaged.
    """
    return states_of(read_events(home))


def states_of(events: Sequence[Event]) -> list[ReleaseState]:
    """The states that follow from a log of events."""
    by_release: dict[str, list[Event]] = {}
    for event in events:
        by_release.setdefault(event.release, []).append(event)
    alone = {name: _alone(found) for name, found in by_release.items()}
    states = [_with_successor(state, alone, by_release) for state in alone.values()]
    return sorted(states, key=lambda state: state.order)


def find_state(states: Iterable[ReleaseState], release: str) -> ReleaseState | None:
    """The state of one release, named by quarter and id."""
    return next((state for state in states if state.release == release), None)


def last_of_kin(states: Iterable[ReleaseState]) -> list[ReleaseState]:
    """The releases that stand: the last good one of each quarter, framework and kind."""
    standing: dict[tuple[str, str, bool], ReleaseState] = {}
    for state in sorted(states, key=lambda each: each.order):
        if state.is_good:
            standing[state.kin] = state
    return list(standing.values())


def _alone(events: Sequence[Event]) -> ReleaseState:
    """What a release's own events say, its successors not looked at."""
    made = [event for event in events if event.kind == "released"]
    last = {event.kind: event for event in reversed(events)}  # the first of each kind
    pruned = [event for event in events if event.kind == "pruned" and event.number > made[-1].number]
    return ReleaseState(
        order=made[0].number,
        released=made[-1],
        finalised=last.get("finalised"),
        withdrawn=last.get("withdrawn"),
        pruned=pruned[-1] if pruned else None,
    )


def _with_successor(
    state: ReleaseState, alone: dict[str, ReleaseState], by_release: dict[str, list[Event]]
) -> ReleaseState:
    """The state with the good release that took its place, if there is one."""
    for event in reversed(by_release[state.release]):
        if event.kind != "superseded":
            continue
        by = _good_end(event.details["by"], alone, by_release)
        if by is not None:
            return replace(state, superseded=event, superseded_by=by)
    return state


def _good_end(release: str, alone: dict[str, ReleaseState], by_release: dict[str, list[Event]]) -> str | None:
    """The release itself if it is good, else the first good one of those that took its place in turn."""
    if alone[release].is_good:
        return release
    for event in reversed(by_release[release]):
        is_later = event.kind == "superseded" and alone[event.details["by"]].order > alone[release].order
        by = _good_end(event.details["by"], alone, by_release) if is_later else None
        if by is not None:
            return by
    return None
