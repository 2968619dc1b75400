"""The command `nof alert`, and what `nof status --alert` tells."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from nof.cli_options import DEFAULT_HOME, HomeOption
from nof.errors import UsageRefused
from nof.home import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nof.alerts.send import Delivery
    from nof.alerts.settings import Alerts
    from nof.release.states import ReleaseState
    from nof.settings import Settings
    from nof.status import Awaited


def alert(
    test: Annotated[bool, typer.Option("--test", help="Send a message that says that it is a test.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Send the alerts that could not be delivered before; with --test, a test to every channel of nof.toml.

    Exit status: 0 all of them got there; 1 one did not; 2 nof.toml names no channel.
    """
    from nof.alerts.send import send_test, tell  # noqa: PLC0415
    from nof.settings import read_settings  # noqa: PLC0415

    held = Home(home)
    alerts = configured(held, read_settings(held))
    done = send_test(held, alerts) if test else tell(held, alerts, [], today=date.today())
    if not done:
        typer.echo("Nothing waits to be sent.")
    report(done)


def tell_late(
    home: Home,
    settings: "Settings",
    found: "Sequence[Awaited]",
    states: "Sequence[ReleaseState]",
    on: date,
    *,
    is_quiet: bool,
) -> None:
    """Tell what is late, and which releases wait too long to be signed off.

    Args:
        home: the home.
        settings: of the home.
        found: what is in hand and awaited.
        states: of its releases.
        on: the day to judge by.
        is_quiet: say nothing of what was sent: standard output belongs to a program.

    Raises:
        UsageRefused: nof.toml names no channel.
        typer.Exit: a message did not get there (exit status 1).
    """
    from nof.alerts.of_status import notices_of_late  # noqa: PLC0415
    from nof.alerts.send import tell  # noqa: PLC0415

    alerts = configured(home, settings)
    notices = notices_of_late(home, settings, found, states, on=on)
    done = tell(home, alerts, notices, today=on)
    if not done and not is_quiet:
        typer.echo("\nAlerts: nothing new to tell.")
    report(done, is_quiet=is_quiet)


def configured(home: Home, settings: "Settings") -> "Alerts":
    """The settings of alerts.

    Raises:
        UsageRefused: there are none.
    """
    alerts = settings.alerts
    if alerts is None or not (alerts.webhooks or alerts.email):
        raise UsageRefused(
            f"{home.root / 'nof.toml'} names nobody to alert. Add [alerts] with a webhook or e-mail "
            "(docs/runbooks/alerts.md)."
        )
    return alerts


def report(done: "Sequence[Delivery]", *, is_quiet: bool = False) -> None:
    """One line for each message that got there; of the others it was said why they did not.

    Raises:
        typer.Exit: one did not get there.
    """
    for each in done:
        if each.is_delivered and not is_quiet:
            typer.echo(f"Alert '{each.notice.event}' to {each.channel}: sent.")
    if any(not each.is_delivered for each in done):
        raise typer.Exit(1)
