"""What each channel has been told and what waits for it: `alerts.json` of a home, so that nothing is lost.

A notice is written down before it is sent. A run that is killed while it sends leaves it waiting, and it is
sent with the next; it may then come twice, and never not at all.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from nof.alerts.notice import Notice, from_fields
from nof.durable import write_durably
from nof.home import Home

FILE_NAME = "alerts.json"
_LOCK_WAIT_SECONDS = 10.0


class LedgerUnusable(Exception):
    """What was told cannot be looked up or noted: why, and what to do, in one line."""


@dataclass(frozen=True)
class Waiting:
    """A notice that is to be sent.

    Attributes:
        notice: what is to be told.
        since: the day on which it was to be sent first.
    """

    notice: Notice
    since: date


@dataclass
class Told:
    """What one channel has been told, and what waits for it.

    Attributes:
        told: the day of the last time, and after how many days it counts no more (None: never), by key.
        waiting: by all that each is about, the oldest first.
    """

    told: dict[str, tuple[date, int | None]] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)

    def has_been_told(self, notice: Notice, today: date) -> bool:
        """Whether all that a notice is about was told, and not too long ago."""
        return bool(notice.keys) and all(self._counts(key, notice.again_days, today) for key in notice.keys)

    def queue(self, notice: Notice, today: date) -> None:
        """Have it wait to be sent; in place of an older one about the same."""
        since = self.waiting.pop(notice.key).since if notice.key in self.waiting else today
        self.waiting[notice.key] = Waiting(notice, since)

    def delivered(self, notice: Notice, today: date) -> None:
        """Note that it got there, and forget what counts no more."""
        self.waiting.pop(notice.key, None)
        self.told |= dict.fromkeys(notice.keys, (today, notice.again_days))
        self.told = {key: entry for key, entry in self.told.items() if self._counts(key, entry[1], today)}

    def _counts(self, key: str, again_days: int | None, today: date) -> bool:
        if key not in self.told:
            return False
        # A day that is still to come is a clock that was set back: it holds nothing up.
        return again_days is None or 0 <= (today - self.told[key][0]).days < again_days


class Ledger:
    """The ledger of a home, read whole and written whole."""

    def __init__(self, channels: dict[str, Told]) -> None:
        self._channels = channels

    def of(self, channel: str) -> Told:
        """What a channel has been told."""
        return self._channels.setdefault(channel, Told())

    def as_text(self) -> str:
        """As the file has it."""
        content = {
            name: _as_fields(told) for name, told in self._channels.items() if told.told or told.waiting
        }
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@contextmanager
def changed(home: Home) -> Iterator[Ledger]:
    """The ledger, to be changed by one process at a time and written at the end of the block.

    Raises:
        LedgerUnusable: it was damaged, or cannot be written.
    """
    path = home.root / FILE_NAME
    try:
        with FileLock(home.root / f".{FILE_NAME}.lock", timeout=_LOCK_WAIT_SECONDS):
            ledger = _read(path)
            before = ledger.as_text()
            yield ledger
            if ledger.as_text() != before:
                write_durably(path, ledger.as_text().encode())
    except (OSError, TimeoutError) as error:
        raise LedgerUnusable(f"{path} cannot be written ({error}): see what is in the way.") from None


def _read(path: Path) -> Ledger:
    if not path.exists():
        return Ledger({})
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ledger({name: _from_fields(fields) for name, fields in content.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerUnusable(
            f"{path} cannot be read ({type(error).__name__}). Remove it: what was told may then be told "
            "once more, and what waits in it is not sent."
        ) from None


def _as_fields(told: Told) -> dict[str, Any]:
    return {
        "told": {key: {"on": day.isoformat(), "again_days": days} for key, (day, days) in told.told.items()},
        "waiting": [
            {"since": each.since.isoformat(), "notice": each.notice.as_fields()}
            for each in told.waiting.values()
        ],
    }


def _from_fields(fields: dict[str, Any]) -> Told:
    waiting = [
        Waiting(from_fields(each["notice"]), date.fromisoformat(each["since"])) for each in fields["waiting"]
    ]
    told = {key: (date.fromisoformat(each["on"]), each["again_days"]) for key, each in fields["told"].items()}
    return Told(told, {each.notice.key: each for each in waiting})
