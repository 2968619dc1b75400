"""What happens to releases after they are sealed: an append-only log of the home, one file for each event."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, get_args

from nof.durable import write_durably
from nof.errors import NofError
from nof.home import Home

EventKind = Literal["released", "finalised", "superseded", "withdrawn", "pruned"]
NOTHING_BEFORE = ""


@dataclass(frozen=True)
class Event:
    """One event: what happened to which release, when, by whom and why.

    Attributes:
        number: 1 for the first event of the home, without a gap.
        kind: what happened.
        at: when, UTC, to the second.
        by_role: the role that did it, never a person; `nof` where a run did it by itself.
        reason: why, in words.
        details: what the kind of event needs beside it (`released`: manifest_sha256, released_date,
            is_bundled, previous_release; `superseded`: by).
        before_sha256: of the file of the event before, so that a change or a gap in the log is seen.
    """

    number: int
    kind: EventKind
    quarter_id: str
    release_id: str
    framework_id: str
    at: str
    by_role: str
    reason: str
    details: Mapping[str, str] = field(default_factory=dict)
    before_sha256: str = NOTHING_BEFORE

    @property
    def release(self) -> str:
        """The release as `current` names it: quarter and id."""
        return f"{self.quarter_id}/{self.release_id}"


def read_events(home: Home) -> list[Event]:
    """Every event of a home in its order.

    Raises:
        NofError: an event was changed, taken away or added by hand.
    """
    events: list[Event] = []
    before = NOTHING_BEFORE
    for path in sorted(home.events.glob("*.json")):
        content = path.read_bytes()
        try:
            event = Event(**json.loads(content))
            name = _file_name(event)
        except (ValueError, TypeError) as error:
            raise _damaged(home, path.name, "it cannot be read") from error
        if event.kind not in get_args(EventKind) or name != path.name:
            raise _damaged(home, path.name, "its name is not what it says")
        if event.number != len(events) + 1 or event.before_sha256 != before:
            raise _damaged(home, path.name, "it does not follow the event before it")
        before = sha256(content).hexdigest()
        events.append(event)
    return events


def append_event(
    home: Home,
    kind: EventKind,
    *,
    quarter_id: str,
    release_id: str,
    framework_id: str,
    by_role: str,
    reason: str,
    details: Mapping[str, str] | None = None,
) -> Event:
    """Add one event; the caller holds the home's lock.

    Returns:
        The event as written, durable on the disk.
    """
    events = read_events(home)
    last = home.events / _file_name(events[-1]) if events else None
    event = Event(
        number=len(events) + 1,
        kind=kind,
        quarter_id=quarter_id,
        release_id=release_id,
        framework_id=framework_id,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        by_role=by_role,
        reason=reason,
        details=dict(details or {}),
        before_sha256=sha256(last.read_bytes()).hexdigest() if last else NOTHING_BEFORE,
    )
    text = json.dumps(asdict(event), indent=2, ensure_ascii=False) + "\n"
    write_durably(home.events / _file_name(event), text.encode())
    return event


def _file_name(event: Event) -> str:
    return f"{event.number:06d}-{event.kind}-{event.quarter_id}-{event.release_id}.json"


def _damaged(home: Home, name: str, why: str) -> NofError:
    return NofError(
        f"{home.events / name} is damaged: {why}. The log of events is append-only: "
        "put the folder back from a copy of the home."
    )
