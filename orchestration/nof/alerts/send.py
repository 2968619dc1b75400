"""Sends notices to every channel of a home, and keeps what could not be delivered for the next time.

A channel that cannot be reached changes nothing for whoever calls: it is said in one line, and returned.
"""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from filelock import FileLock, Timeout

from nof.alerts.channel import Channel, NotDelivered
from nof.alerts.email import EmailChannel
from nof.alerts.ledger import FILE_NAME, LedgerUnusable, changed
from nof.alerts.notice import Notice
from nof.alerts.webhook import WebhookChannel
from nof.home import Home
from nof.settings.alerts import Alerts

# All channels together, each in a thread of its own: a name server that stalls knows no time-out.
WHOLE_SECONDS = 60.0
_UNANSWERED = "it took longer than {:g} seconds. See whether that service works."

Say = Callable[[str], None]


@dataclass(frozen=True)
class Delivery:
    """What became of one notice at one channel.

    Attributes:
        channel: its name.
        notice: what was to be told.
        problem: why it did not get there, or did not get to everybody; empty where all is well.
        is_delivered: whether it got there.
    """

    channel: str
    notice: Notice
    problem: str = ""
    is_delivered: bool = True


def say_on_stderr(line: str) -> None:
    """One line for whoever reads the log of the run."""
    sys.stderr.write(f"{line}\n")


def channels_of(alerts: Alerts, sleep: Callable[[float], None] = time.sleep) -> list[Channel]:
    """Every channel that nof.toml names."""
    channels: list[Channel] = [WebhookChannel(each, sleep) for each in alerts.webhooks]
    return channels + ([EmailChannel(alerts.email)] if alerts.email else [])


def tell(
    home: Home,
    alerts: Alerts,
    notices: Sequence[Notice],
    *,
    today: date,
    say: Say = say_on_stderr,
    sleep: Callable[[float], None] = time.sleep,
    whole_seconds: float = WHOLE_SECONDS,
) -> list[Delivery]:
    """Send to each channel what it is to be told and was not told yet, and what waits from before.

    Args:
        home: the home; what was told is noted in its alerts.json.
        alerts: its settings.
        notices: what is to be told; none at all to send what waits.
        today: the day that counts.
        say: takes one line for each message that did not get there.
        sleep: waits between attempts, seconds.
        whole_seconds: how long all of it may take.

    Returns:
        What became of each message; none of what was told before.
    """
    channels, deliveries = channels_of(alerts, sleep), None
    kept = f" It waits in {home.root / FILE_NAME} for the next time."
    try:
        for channel in channels:
            _queue(home, channel, notices, today)
        with FileLock(home.root / f".{FILE_NAME}.sending", timeout=whole_seconds):
            work = {channel.name: _waiting(home, channel, today) for channel in channels}
            deliveries = _send(channels, work, whole_seconds)
            _note(home, deliveries, today)
    except Timeout:
        say("Alerts: another run is sending messages; what is to be told now waits for the next time.")
        return []
    except (LedgerUnusable, OSError) as unusable:
        say(f"Alerts: {unusable}")
        if deliveries is None:  # not told twice where only the noting failed
            kept = ""
            work = {each.name: [one for one in notices if each.takes(one.event)] for each in channels}
            deliveries = _send(channels, work, whole_seconds)
    _say_problems(deliveries, say, kept)
    return deliveries


def send_test(
    home: Home, alerts: Alerts, *, say: Say = say_on_stderr, whole_seconds: float = WHOLE_SECONDS
) -> list[Delivery]:
    """Send one message that says that it is a test to every channel, whatever it is told otherwise."""
    notice = Notice(
        event="test",
        headline="This is a test of the alerts; nothing has happened.",
        next_step="Nothing: that you read this says that alerts get here.",
        home=str(home.root.absolute()),
    )
    channels = channels_of(alerts)
    deliveries = _send(channels, {each.name: [notice] for each in channels}, whole_seconds)
    _say_problems(deliveries, say, "")
    return deliveries


def _say_problems(deliveries: Sequence[Delivery], say: Say, kept: str) -> None:
    for each in deliveries:
        if each.problem:
            more = "" if each.is_delivered else kept
            say(f"Alert '{each.notice.event}' to {each.channel}: {each.problem}{more}")


def _queue(home: Home, channel: Channel, notices: Sequence[Notice], today: date) -> None:
    with changed(home) as ledger:
        told = ledger.of(channel.name)
        for notice in notices:
            if channel.takes(notice.event) and not told.has_been_told(notice, today):
                told.queue(notice, today)


def _waiting(home: Home, channel: Channel, today: date) -> list[Notice]:
    with changed(home) as ledger:
        return [
            each.notice
            if each.since == today
            else each.notice.with_detail(
                f"This was to be sent on {each.since} and could not be delivered before."
            )
            for each in ledger.of(channel.name).waiting.values()
        ]


def _note(home: Home, deliveries: Sequence[Delivery], today: date) -> None:
    with changed(home) as ledger:
        for each in deliveries:
            if each.is_delivered:
                ledger.of(each.channel).delivered(each.notice, today)


def _send(channels: Sequence[Channel], work: dict[str, list[Notice]], whole_seconds: float) -> list[Delivery]:
    """Every channel at once, the messages of each in their order; what is not done in time has failed."""
    done: dict[str, list[Delivery]] = {channel.name: [] for channel in channels}
    threads = [
        # A thread that hangs must not keep the command from ending.
        threading.Thread(target=_send_to, args=(each, work[each.name], done[each.name]), daemon=True)
        for each in channels
    ]
    deadline = time.monotonic() + whole_seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    found = []
    for channel in channels:
        finished = list(done[channel.name])
        left = work[channel.name][len(finished) :]
        unanswered = _UNANSWERED.format(whole_seconds)
        found += finished + [Delivery(channel.name, each, unanswered, False) for each in left]
    return found


def _send_to(channel: Channel, notices: Sequence[Notice], done: list[Delivery]) -> None:
    unreachable = ""
    for notice in notices:
        if unreachable:
            done.append(Delivery(channel.name, notice, unreachable, False))
            continue
        try:
            done.append(Delivery(channel.name, notice, channel.send(notice)))
        except NotDelivered as failed:
            unreachable = str(failed) if failed.is_unreachable else ""
            done.append(Delivery(channel.name, notice, str(failed), False))
        except Exception as error:  # the other channels are told, and this one is tried again
            done.append(Delivery(channel.name, notice, f"it broke off: {type(error).__name__}.", False))
