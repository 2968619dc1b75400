"""Alerts: a message with the one thing to do next, to webhooks and by e-mail, as nof.toml says.

What runs call is here. Nothing of it ever raises or changes how a run ends, and where a home has no [alerts]
nothing is loaded for it.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nof.errors import NofError

if TYPE_CHECKING:
    from nof.alerts.notice import Notice
    from nof.home import Home
    from nof.run import Outcome
    from nof.settings import Settings
    from nof.settings.alerts import Alerts

__all__ = ["tell_error", "tell_late", "tell_outcome", "telling_errors"]


def tell_error(
    home: "Home",
    error: BaseException,
    *,
    today: date,
    quarter_id: str | None = None,
    landing: "Sequence[Path]" = (),
) -> None:
    """Tell of what ended a run; not of wrong use, nor that another run holds the home.

    Args:
        home: the home of the run.
        error: what ended it; of an error that was raised from a refusal (Dagster's Failure) the refusal.
        today: the day that counts.
        quarter_id: the quarter that was asked for, where one was.
        landing: the folders that it was given.
    """
    with _never_in_the_way():
        settings = _settings(home)
        if settings is None or settings.alerts is None:
            return
        from nof.alerts.of_error import notice_of_error  # noqa: PLC0415

        stopped_by = _refusal_within(error)
        notice = notice_of_error(home, stopped_by, quarter_id=quarter_id, landing=landing)
        if notice is not None:
            _tell(home, settings.alerts, [notice], today)


def tell_outcome(home: "Home", outcome: "Outcome", *, today: date) -> None:
    """Tell of a release that a run has made; and send what waits from before, released or not.

    Args:
        home: the home of the run.
        outcome: what the run ended with.
        today: the day that counts.
    """
    with _never_in_the_way():
        settings = _settings(home)
        if settings is None or settings.alerts is None:
            return
        from nof.alerts.of_outcome import notice_of_outcome  # noqa: PLC0415

        notice = notice_of_outcome(
            home,
            outcome,
            roles=settings.sign_off.approver_roles,
            bundled_too=settings.alerts.bundled,
        )
        _tell(home, settings.alerts, [notice] if notice else [], today)


def tell_late(home: "Home", *, today: date) -> None:
    """Tell what is late in a home, and which releases wait too long to be signed off.

    Args:
        home: the home.
        today: the day that counts.
    """
    with _never_in_the_way():
        settings = _settings(home)
        if settings is None or settings.alerts is None:
            return
        from nof.alerts.of_status import notices_of_late  # noqa: PLC0415
        from nof.release.states import read_states  # noqa: PLC0415
        from nof.status import standing_of  # noqa: PLC0415

        found, states = standing_of(home, on=today).awaited, read_states(home)
        _tell(home, settings.alerts, notices_of_late(home, settings, found, states, on=today), today)


@contextmanager
def telling_errors(
    home: "Home", *, today: date, quarter_id: str | None = None, landing: "Sequence[Path]" = ()
) -> Iterator[None]:
    """Tell of whatever ends the block, and let it go on its way; Ctrl-C and an exit are told nobody."""
    try:
        yield
    except Exception as error:  # whatever it is, it goes on its way
        tell_error(home, error, today=today, quarter_id=quarter_id, landing=landing)
        raise


def _settings(home: "Home") -> "Settings | None":
    """The settings of a home that has a file of them."""
    if not (home.root / "nof.toml").is_file():
        return None
    from nof.settings import read_settings  # noqa: PLC0415

    return read_settings(home)


def _refusal_within(error: BaseException) -> BaseException:
    """The refusal that an error was raised from, or else the error itself."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, NofError):
        cause = cause.__cause__
    return cause or error


def _tell(home: "Home", alerts: "Alerts", notices: "Sequence[Notice]", today: date) -> None:
    from nof.alerts.send import tell  # noqa: PLC0415 - requests and smtplib

    tell(home, alerts, notices, today=today)


@contextmanager
def _never_in_the_way() -> Iterator[None]:
    """Say in one line what goes wrong here, by its kind alone: its words may hold anything."""
    try:
        yield
    except Exception as error:  # a release that is made stays made, whatever an alert meets
        sys.stderr.write(
            f"Alerts: none was sent ({type(error).__name__}). Try `nof alert --test`, and see what it says.\n"
        )
