"""`nof verify`: one release, or every release of a home and what the home says of them."""

from nof.errors import UsageRefused
from nof.home import Home
from nof.release.current import framework_in_force, last_good
from nof.release.find import find_current, release_folders
from nof.release.listing import as_csv, list_rows
from nof.release.pick import pick
from nof.release.seal import named
from nof.release.states import ReleaseState, find_state, read_states
from nof.release.verify import Verification, verify_release

NEXT_COMMAND = "The next command that writes in this home (nof run, finalise, withdraw, prune) mends it."

Verified = tuple[list[Verification], list[ReleaseState]]


def verify_one(home: Home, name: str) -> Verified:
    """Verify one release.

    Raises:
        UsageRefused: there is no such release, or it was pruned.
    """
    state = pick(home, name)
    if state.pruned is not None:
        raise UsageRefused(
            f"{state.release} was pruned on {state.pruned.at[:10]}: there is nothing to verify. "
            f"`nof run --quarter {state.quarter_id}` may make it again (docs/runbooks/releases.md, Restore)."
        )
    return [verify_release(home, state)], []


def verify_all(home: Home) -> Verified:
    """Verify every release that should be there, and the home's own statements about them.

    Returns:
        What was found in each, the home last; and the pruned releases, of which nothing is there.

    Raises:
        UsageRefused: nothing was ever released here.
    """
    states = read_states(home)
    if not states:
        raise UsageRefused(f"There is no release in {home.root}. Name the home with --home.")
    found = [verify_release(home, state) for state in states if state.pruned is None]
    return [*found, _home(home, states)], [state for state in states if state.pruned is not None]


def _home(home: Home, states: list[ReleaseState]) -> Verification:
    """The events, what `current` names, the list, and that nothing else passes for a release."""
    found = Verification(f"The home {home.root}")
    count = len(list(home.events.glob("*.json")))
    found.checked.append(f"Events: {count:,}, each follows the one before it")
    _current(home, states, found)
    name = home.release_list.relative_to(home.root).as_posix()
    if not home.release_list.is_file():
        found.find(name, "is missing.", NEXT_COMMAND)
    elif home.release_list.read_bytes() != as_csv(list_rows(home)).encode():
        found.find(name, "does not say what the events say.", NEXT_COMMAND)
    else:
        found.checked.append(f"{home.release_list.name}: as the events say")
    for folder in release_folders(home):
        state = find_state(states, named(folder))
        if state is None:
            found.find(f"releases/{named(folder)}", "is in no event.", NEXT_COMMAND)
        elif state.pruned is not None:
            found.find(f"releases/{named(folder)}", "was pruned and is still there.", NEXT_COMMAND)
    return found


def _current(home: Home, states: list[ReleaseState], found: Verification) -> None:
    """`current` and `CURRENT` say the same, and name the release that they should."""
    entitled = last_good(home, states, framework_in_force())
    current = find_current(home)
    name = named(current) if current else None
    before = len(found.findings)
    if home.current.is_symlink() and not home.current_text.is_symlink():
        text = home.current_text.read_text(encoding="utf-8").strip() if home.current_text.is_file() else ""
        if text != home.current.readlink().as_posix():
            found.find("releases/CURRENT", f"says {text or 'nothing'}, unlike the link.", NEXT_COMMAND)
    state = find_state(states, name) if name else None
    if name and (state is None or not state.is_good):
        found.find("releases/current", f"names {name}, which is no good release.", NEXT_COMMAND)
    elif entitled is not None and entitled.release != name:
        found.find(
            "releases/current",
            f"names {name or 'nothing'}, and the last good release under the framework in force is "
            f"{entitled.release}.",
            NEXT_COMMAND,
        )
    if len(found.findings) == before:
        found.checked.append(f"current: names {name or 'nothing, and no release is fit to be'}")
