"""Which release `current` names: the one rule for it, and moving or taking away the link and the text."""

from collections.abc import Iterable
from pathlib import Path

from nof.durable import sync_folder, write_durably
from nof.home import Home
from nof.project import read_seed
from nof.release.find import find_current
from nof.release.seal import is_release, named
from nof.release.states import ReleaseState, find_state


def framework_in_force() -> str:
    """The id of the framework that may have a current release; a seed says which."""
    rows = read_seed("framework", "frameworks")
    return next(row["framework_id"] for row in rows if row["is_in_force"] == "true")


def last_good(home: Home, states: Iterable[ReleaseState], framework_id: str) -> ReleaseState | None:
    """The release that `current` should name: of those under a framework the newest quarter's latest one.

    Neither withdrawn nor pruned, and there. Once a release was made from landed files, one of the bundled
    nation never counts again: invented figures do not take the place of real ones that were withdrawn.
    """
    kin = [state for state in states if state.framework_id == framework_id]
    is_all_bundled = all(state.is_bundled for state in kin)
    good = [
        state
        for state in kin
        if state.is_good and state.is_bundled == is_all_bundled and is_release(home.releases / state.release)
    ]
    return max(good, key=lambda state: (state.quarter_id, state.order), default=None)


def name_current(home: Home, target: Path) -> None:
    """Point `current` and `CURRENT` at a release, each in one step.

    The link is relative, so that a home can be moved or mounted elsewhere. Where the system has none,
    the text file alone says which release is current.
    """
    scratch = home.current.with_name(f".{home.current.name}.part")
    scratch.unlink(missing_ok=True)
    try:
        scratch.symlink_to(named(target), target_is_directory=True)
    except OSError:
        if home.current.is_symlink():
            raise
    else:
        scratch.replace(home.current)
        sync_folder(home.releases)
    _write_text(home, named(target))


def take_current_away(home: Home) -> None:
    """Leave a home without a current release: nothing in it is fit to be pointed at."""
    for path in (home.current, home.current_text):
        path.unlink(missing_ok=True)
    sync_folder(home.releases)


def leave(home: Home, states: Iterable[ReleaseState]) -> ReleaseState | None:
    """Let `current` go back to the last good release under the framework in force, or take it away.

    Returns:
        The release that it names now.
    """
    back = last_good(home, states, framework_in_force())
    if back is None:
        take_current_away(home)
    else:
        name_current(home, home.releases / back.release)
    return back


def mend_current(home: Home, states: Iterable[ReleaseState]) -> None:
    """Finish what a killed withdrawal left, or put right what a hand did: `current` names what it should.

    That is the last good release under the framework in force; where there is none yet, the good release that
    it names already. `CURRENT` says the same.
    """
    if not home.current.is_symlink() and not home.current_text.is_file():
        return
    known = list(states)
    found = find_current(home)
    state = find_state(known, named(found)) if found else None
    entitled = last_good(home, known, framework_in_force())
    if found is None or state is None or not state.is_good:
        leave(home, known)
    elif entitled is not None and entitled.release != state.release:
        name_current(home, home.releases / entitled.release)
    elif home.current.is_symlink():
        _write_text(home, named(found))
    else:
        name_current(home, found)


def _write_text(home: Home, name: str) -> None:
    # Where capitals do not tell files apart, `CURRENT` is the link itself: it stays, and says the same.
    content = f"{name}\n".encode()
    if home.current_text.is_symlink():
        return
    if not home.current_text.is_file() or home.current_text.read_bytes() != content:
        write_durably(home.current_text, content)
