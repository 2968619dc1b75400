"""Which release a person means, from what they typed; and what there is, where it is none of them."""

from nof.errors import UsageRefused
from nof.home import Home
from nof.release.find import find_current
from nof.release.seal import named
from nof.release.states import ReleaseState, find_state, read_states

CURRENT = "current"
_MOST_NAMED = 8


def pick(home: Home, name: str) -> ReleaseState:
    """The release that is meant by "quarter/id", an id, or "current"; pruned ones too.

    Raises:
        UsageRefused: there is no such release; the message says which there are.
    """
    states = read_states(home)
    if name == CURRENT:
        current = find_current(home)
        state = find_state(states, named(current)) if current else None
        if state is None:
            raise UsageRefused(f"There is no current release in {home.root}. {what_there_is(home, states)}")
        return state
    wanted = name.strip("/")
    for state in states:
        if wanted in (state.release, state.released.release_id):
            return state
    raise UsageRefused(f"There is no release {name!r} in {home.root}. {what_there_is(home, states)}")


def pick_to_read(home: Home, name: str | None) -> ReleaseState:
    """The release that is to be read: the current one, or the one that is named.

    Raises:
        UsageRefused: it is not there; the message says what to name instead.
    """
    try:
        state = pick(home, name or CURRENT)
    except UsageRefused as refusal:
        if name is None and read_states(home):
            raise UsageRefused(f"{refusal}\nName one of them with --release.") from refusal
        raise
    if state.pruned is not None:
        raise UsageRefused(
            f"{state.release} was pruned on {state.pruned.at[:10]}: its folder is gone. "
            f"{what_there_is(home, read_states(home))}"
        )
    return state


def what_there_is(home: Home, states: list[ReleaseState]) -> str:
    """The releases that can be named, the newest quarter and the latest first, or how to make one."""
    there = sorted(
        (state for state in states if state.pruned is None),
        key=lambda state: (state.quarter_id, state.order),
        reverse=True,
    )
    if not there:
        return f"Make one with `nof run --home {home.root}`."
    lines = [f"  {state.release}  {state.state}, {state.framework_id}" for state in there[:_MOST_NAMED]]
    if len(there) > _MOST_NAMED:
        lines.append(f"  and {len(there) - _MOST_NAMED} more: `nof releases --home {home.root}`")
    return "There are:\n" + "\n".join(lines)
