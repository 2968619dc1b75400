"""What happens to releases after they are sealed: an append-only log of the home, one file for each event."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, get_args

from nof.durable import write_durably
from nof.errors import NofError
from nof.home import Home

EventKind = Literal["released", "finalised", "superseded", "withdrawn", "pruned"]
NOTHING_BEFORE = ""
# Names the newest event and its hash: without it, nobody would miss an event that was taken off the end.
LAST = "LAST"


@dataclass(frozen=True)
class Event:
    """One event: what happened to which release, when, by whom and why.

    Attributes:
        number: 1 for the first event of the home, without a gap.
        kind: what happened.
        at: when, UTC, to the second.
        by_role: the role that did it, never a person; `nof` where a run did it by itself.
        reason: why, in words.
        details: what the kind of event needs beside it. `released`: manifest_sha256, released_date,
            is_bundled, previous_release, trust_count, input_count, inputs_sha256, method_sha256,
            code_version and, where it is known, scored_on; `superseded`: by; `pruned`: byte_count.
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

    Readers hold no lock: what looks like damage while another process appends is read once more.

    Raises:
        NofError: an event was changed, taken away or added by hand.
    """
    while True:
        before = _sight(home)
        try:
            return _read(home)
        except NofError:
            if _sight(home) == before:
                raise


def _sight(home: Home) -> tuple[list[str], bytes]:
    """What a glance at the log shows: the names in it, and its mark."""
    names = sorted(path.name for path in home.events.glob("*.json"))
    return names, (home.events / LAST).read_bytes() if (home.events / LAST).is_file() else b""


def _read(home: Home) -> list[Event]:
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
    _refuse_wrong_end(home, events, before)
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
    settle_events(home)
    events = read_events(home)
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
        before_sha256=_hash_of(home, events[-1]) if events else NOTHING_BEFORE,
    )
    text = json.dumps(asdict(event), indent=2, ensure_ascii=False) + "\n"
    write_durably(home.events / _file_name(event), text.encode())
    settle_events(home)
    return event


def settle_events(home: Home) -> None:
    """Bring `LAST` up to the newest event, which a killed run may not have done."""
    events = read_events(home)
    if not events:
        return
    wanted = f"{_file_name(events[-1])} {_hash_of(home, events[-1])}\n".encode()
    if not (home.events / LAST).is_file() or (home.events / LAST).read_bytes() != wanted:
        write_durably(home.events / LAST, wanted)


def _refuse_wrong_end(home: Home, events: Sequence[Event], last_hash: str) -> None:
    """The newest event, or the one before it where a run was killed between the event and `LAST`."""
    if (home.events / LAST).is_file():
        known = (home.events / LAST).read_text(encoding="utf-8").split()
    elif len(events) > 1:
        raise _damaged(home, LAST, "it is missing")
    else:
        return
    ends = [[_file_name(events[-1]), last_hash]] if events else []
    if len(events) > 1:
        ends.append([_file_name(events[-2]), events[-1].before_sha256])
    if known not in ends:
        named = known[0] if known else "nothing"
        raise _damaged(home, LAST, f"it names {named}, which is not the newest event")


def _hash_of(home: Home, event: Event) -> str:
    return sha256((home.events / _file_name(event)).read_bytes()).hexdigest()


def _file_name(event: Event) -> str:
    return f"{event.number:06d}-{event.kind}-{event.quarter_id}-{event.release_id}.json"


def _damaged(home: Home, name: str, why: str) -> NofError:
    return NofError(
        f"{home.events / name} is damaged: {why}. The log of events is append-only: "
        "put the folder back from a copy of the home."
    )
