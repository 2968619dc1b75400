"""Where a release stands among those before it: what it is compared with, and the day it counts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nof.home import Home
from nof.project import read_seed
from nof.release.identity import InputEntry, method_hash
from nof.release.seal import is_release, read_manifest
from nof.release.states import ReleaseState, find_state, read_states


@dataclass(frozen=True)
class Lineage:
    """What a release takes over from the home that it is made for.

    Attributes:
        previous: the folder of the release before: the last good one of the same framework that is not for a
            newer quarter. The bundled nation follows the bundled nation only. None for the first one.
        previous_release_id: its id.
        released_date: the day from which the figures of the release are known: that of its newest file or,
            where a release of that day is there already, the day of the run; never before an earlier one's.
            The bundled nation's files have invented days of landing (seeds/sample/sample_files.csv).
        has_changed_method: whether models, macros or method seeds differ from those of the release before.
    """

    previous: Path | None
    previous_release_id: str | None
    released_date: date
    has_changed_method: bool


def find_lineage(
    home: Home,
    *,
    framework_id: str,
    quarter_id: str,
    release_id: str,
    is_bundled: bool,
    inputs: Sequence[InputEntry],
    today: date,
) -> Lineage:
    """Read the events of a home for what a new release follows.

    Args:
        home: the home.
        framework_id: the framework of the new release.
        quarter_id: its newest quarter.
        release_id: what it will be called; made again after a prune it gets the lineage that it had.
        is_bundled: whether it is made from the bundled nation.
        inputs: its files.
        today: the day of the run.

    Raises:
        NofError: the log of events, or the manifest of the release before, is damaged.
    """
    states = read_states(home)
    kin = [state for state in states if state.framework_id == framework_id and state.is_bundled == is_bundled]
    itself = find_state(states, f"{quarter_id}/{release_id}")
    if itself is not None:  # pruned or lost since: it takes the place that it had, not one at the end
        kin = [state for state in kin if state.order < itself.order]
    before = [
        state
        for state in kin
        if state.quarter_id <= quarter_id and state.is_good and is_release(home.releases / state.release)
    ]
    # The newest quarter first: a release made again for an older one is no step back in the newer one's line.
    last = max(before, key=lambda state: (state.quarter_id, state.order), default=None)
    previous = home.releases / last.release if last else None
    was_released = itself.released.details["released_date"] if itself else ""
    return Lineage(
        previous=previous,
        previous_release_id=previous.name if previous else None,
        released_date=date.fromisoformat(was_released)
        if was_released
        else _released_date(inputs, kin, today),
        has_changed_method=(
            previous is not None and read_manifest(previous)["code"]["method_sha256"] != method_hash()
        ),
    )


def _released_date(inputs: Sequence[InputEntry], kin: Sequence[ReleaseState], today: date) -> date:
    newest = max([entry.landed_date for entry in inputs] or bundled_dates())
    known = [state.released.details["released_date"] for state in kin]
    released = [date.fromisoformat(day) for day in known if day]
    if not released or newest > max(released):
        return newest
    # A clock that was put back must not make a figure known until before it was known.
    return max(today, *released)


def bundled_dates() -> list[date]:
    """The days on which the bundled nation's files count as landed; invented, as they are."""
    return [date.fromisoformat(row["landed_date"]) for row in read_seed("sample", "sample_files")]
