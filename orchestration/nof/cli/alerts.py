"""The command `nof alert`, and what `nof status --alert` tells."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from nof.cli.options import HomeOption
from nof.errors import UsageRefused
from nof.home import DEFAULT_HOME, Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nof.alerts.send import Delivery
    from nof.release.states import ReleaseState
    from nof.settings import Settings
    from nof.settings.alerts import Alerts
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
    said: list[str] = []
    if test:
        report(send_test(held, alerts, say=said.append), said, nothing="")
    else:
        done = tell(held, alerts, [], today=date.today(), say=said.append)
        report(done, said, nothing="Nothing waits to be sent.")


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
    said: list[str] = []
    done = tell(home, alerts, notices, today=on, say=said.append)
    report(done, said, nothing="\nAlerts: nothing new to tell.", is_quiet=is_quiet)


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


def report(
    done: "Sequence[Delivery]", said: "Sequence[str]", *, nothing: str, is_quiet: bool = False
) -> None:
    """One line for each message, and why one did not get there.

    Args:
        done: what became of the messages.
        said: what went wrong.
        nothing: what is said where there was no message and nothing went wrong.
        is_quiet: say only what went wrong.

    Raises:
        typer.Exit: something did not get there (exit status 1).
    """
    for line in said:
        typer.echo(line, err=True)
    sent = [f"Alert '{each.notice.event}' to {each.channel}: sent." for each in done if each.is_delivered]
    for line in [] if is_quiet else sent or ([] if said else [nothing]):
        typer.echo(line)
    # A message that some recipients did not take has got there, and is said all the same.
    if len(sent) < len(done) or (said and not done):
        raise typer.Exit(1)
