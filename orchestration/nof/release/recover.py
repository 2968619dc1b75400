"""Putting a home right after a run that was killed: what was begun is finished, what is half is removed."""

from pathlib import Path

from nof.files import remove_tree, seal_folder
from nof.home import Home
from nof.release.current import mend_current
from nof.release.events import settle_events
from nof.release.find import release_folders
from nof.release.listing import write_list
from nof.release.promote import enter, finish_promotion, supersede
from nof.release.prune import take_away
from nof.release.seal import SUCCESS, is_release, named
from nof.release.states import find_state, read_states


def recover(home: Home) -> None:
    """Put a home right before anything is written in it; where nothing is amiss nothing changes.

    A promotion, a withdrawal or a prune that was cut short is finished; a folder that never became a release
    goes; a release that is not in the events (an older home's) is entered. One that was damaged after it was
    released stays as it is: `nof verify` says what is wrong with it.
    """
    settle_events(home)
    finish_promotion(home)
    for folder in (home.releases, home.events, home.landed, *home.landed.glob("*"), *home.refused.glob("*")):
        for scratch in folder.glob(".*.part"):
            scratch.unlink()
    states = read_states(home)
    unknown: list[Path] = []
    for folder in release_folders(home):
        state = find_state(states, named(folder))
        if state is not None and state.pruned is not None:
            take_away(home, folder)
        elif state is None and is_release(folder):
            unknown.append(folder)
        elif state is None:
            remove_tree(folder)
    # Nothing but the time of their seal says which of them was first.
    for folder in sorted(unknown, key=lambda each: (each / SUCCESS).stat().st_mtime_ns):
        seal_folder(folder)
        enter(home, folder)
    supersede(home)
    mend_current(home, read_states(home))
    clean_build(home)
    write_list(home)


def clean_build(home: Home) -> None:
    """Empty the home's `build/`: it belongs to one run, and that run is over."""
    if not home.build.is_dir():
        return
    for path in home.build.iterdir():
        if path.is_dir() and not path.is_symlink():
            remove_tree(path)
        else:
            path.unlink()
