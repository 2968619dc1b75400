"""Where a release stands among those before it: what it is compared with, and the day it counts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nof.home import Home
from nof.release.events import Event, read_events
from nof.release.identity import InputEntry, method_hash
from nof.release.seal import is_release, read_manifest


@dataclass(frozen=True)
class Lineage:
    """What a release takes over from the home that it is made for.

    Attributes:
        previous: the folder of the release before: the last good one of the same framework that is not for a
            newer quarter. The bundled nation follows the bundled nation only. None for the first one.
        previous_release_id: its id.
        released_date: the day from which the figures of the release are known: that of its newest file or,
            where a release was made from that already, the day of the run. None where no file has a day.
        has_changed_method: whether models, macros or method seeds differ from those of the release before.
    """

    previous: Path | None
    previous_release_id: str | None
    released_date: date | None
    has_changed_method: bool


def find_lineage(
    home: Home,
    *,
    framework_id: str,
    quarter_id: str,
    is_bundled: bool,
    inputs: Sequence[InputEntry],
    today: date,
) -> Lineage:
    """Read the events of a home for what a new release follows.

    Args:
        home: the home.
        framework_id: the framework of the new release.
        quarter_id: its newest quarter.
        is_bundled: whether it is made from the bundled nation.
        inputs: its files.
        today: the day of the run.

    Raises:
        NofError: the log of events, or the manifest of the release before, is damaged.
    """
    events = read_events(home)
    gone = {event.release for event in events if event.kind in {"withdrawn", "pruned"}}
    kin = [
        event
        for event in events
        if event.kind == "released"
        and event.framework_id == framework_id
        and event.details["is_bundled"] == _text(is_bundled)
    ]
    before = [
        event
        for event in kin
        if event.quarter_id <= quarter_id
        and event.release not in gone
        and is_release(home.releases / event.release)
    ]
    previous = home.releases / before[-1].release if before else None
    return Lineage(
        previous=previous,
        previous_release_id=previous.name if previous else None,
        released_date=_released_date(inputs, kin, today),
        has_changed_method=(
            previous is not None and read_manifest(previous)["code"]["method_sha256"] != method_hash()
        ),
    )


def _released_date(inputs: Sequence[InputEntry], kin: Sequence[Event], today: date) -> date | None:
    dates = [entry.landed_date for entry in inputs]
    if not dates:
        return None
    newest = max(dates)
    was_released = any(event.details["released_date"] >= newest.isoformat() for event in kin)
    return today if was_released else newest


def _text(flag: bool) -> str:
    return "true" if flag else "false"
