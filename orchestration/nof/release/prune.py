"""The retention rule of a home, and taking away the releases that it lets go."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from nof.durable import sync_folder
from nof.errors import UsageRefused
from nof.files import files_under, remove_tree, unseal_folder
from nof.home import Home
from nof.release.events import append_event
from nof.release.find import find_current
from nof.release.listing import write_list
from nof.release.seal import named
from nof.release.states import ReleaseState, last_of_kin, read_states
from nof.settings import KEPT_BESIDE


@dataclass(frozen=True)
class Verdict:
    """What the retention rule says of one release that is there.

    Attributes:
        state: the release.
        why: why it is kept, or why it goes.
        is_kept: whether it stays.
        byte_count: what its files take.
    """

    state: ReleaseState
    why: str
    is_kept: bool
    byte_count: int


def judge(home: Home, keep: int = KEPT_BESIDE) -> list[Verdict]:
    """Apply the retention rule to every release that is there, the newest quarter and the latest first.

    Never pruned: the current one; one that was finalised and not withdrawn; the last good one of each
    quarter, framework and kind. Of the others (superseded, withdrawn) the newest `keep` of each quarter and
    framework stay.

    Raises:
        UsageRefused: `keep` is less than none, or nothing was ever released here.
    """
    if keep < 0:
        raise UsageRefused(f"--keep is {keep}: keep 0 or more beside those that are never pruned.")
    states = read_states(home)
    if not states:
        raise UsageRefused(f"There is no release in {home.root}. Name the home with --home.")
    current = find_current(home)
    standing = {state.release for state in last_of_kin(states)}
    beside: dict[tuple[str, str], int] = defaultdict(int)
    verdicts = []
    for state in sorted(states, key=lambda each: (each.quarter_id, each.order), reverse=True):
        folder = home.releases / state.release
        if state.pruned is not None or not folder.is_dir():
            continue
        is_kept = True
        group = state.quarter_id, state.framework_id
        if current is not None and named(current) == state.release:
            why = "current"
        elif state.is_protected:
            why = "final" if state.superseded_by is None else "was finalised"
        elif state.release in standing:
            why = f"the last good one of {state.quarter_id} under {state.framework_id}"
        else:
            beside[group] += 1
            is_kept = beside[group] <= keep
            others = f"one of the {keep} newest others" if keep > 1 else "the newest of the others"
            why = f"{state.state}, {others}" if is_kept else f"{state.state}, not {others}"
            if not keep:
                why = f"{state.state}, and no other is kept"
        byte_count = sum(path.stat().st_size for path in files_under(folder))
        verdicts.append(Verdict(state, why, is_kept, byte_count))
    return verdicts


def prune(home: Home, keep: int = KEPT_BESIDE) -> list[Verdict]:
    """Take away what the retention rule lets go; the caller holds the home's lock.

    The event first, then one rename out of the releases, then the removal: a reader finds a release whole or
    not at all, and `recover` finishes what a kill cut short. Landed files stay.

    Returns:
        What the rule said of each release.
    """
    verdicts = judge(home, keep)
    for verdict in verdicts:
        if verdict.is_kept:
            continue
        state = verdict.state
        append_event(
            home,
            "pruned",
            quarter_id=state.quarter_id,
            release_id=state.released.release_id,
            framework_id=state.framework_id,
            by_role="nof",
            reason=f"retention rule: {verdict.why}",
            details={"byte_count": str(verdict.byte_count)},
        )
        take_away(home, home.releases / state.release)
    write_list(home)
    return verdicts


def take_away(home: Home, folder: Path) -> None:
    """Move a pruned release out of the releases by one rename, then remove it."""
    scratch = home.build / f"pruned-{folder.name}"
    home.build.mkdir(parents=True, exist_ok=True)
    if scratch.exists():
        remove_tree(scratch)
    unseal_folder(folder)
    folder.rename(scratch)
    sync_folder(folder.parent)
    remove_tree(scratch)
    if not any(folder.parent.iterdir()):
        folder.parent.rmdir()
        sync_folder(home.releases)
