"""Telling what is late: inputs that are awaited, and releases that wait to be signed off."""

from collections.abc import Sequence
from datetime import date

from nof.alerts.of_status import notices_of_late_inputs, notices_of_sign_off
from nof.alerts.send import Delivery, tell
from nof.home import Home
from nof.release.states import ReleaseState
from nof.settings import Settings
from nof.status import Awaited


def tell_late(
    home: Home,
    settings: Settings,
    found: Sequence[Awaited],
    states: Sequence[ReleaseState],
    *,
    on: date,
) -> list[Delivery]:
    """Tell every channel what is late and was not told yet; none where nobody is to be told.

    Args:
        home: the home.
        settings: of the home.
        found: what `nof status` has found.
        states: of its releases.
        on: the day to judge by.

    Returns:
        What became of each message.
    """
    alerts = settings.alerts
    if alerts is None:
        return []
    notices = notices_of_late_inputs(home, found, on=on, again_days=alerts.repeat_late_days)
    notices += notices_of_sign_off(
        home,
        states,
        on=on,
        after_days=alerts.sign_off_days,
        roles=settings.sign_off.approver_roles,
        again_days=alerts.repeat_late_days,
        bundled_too=alerts.bundled,
    )
    return tell(home, alerts, notices, today=on)
