"""The command that says what is in hand and what is awaited."""

from datetime import date, datetime
from typing import Annotated

import typer

from nof.cli import alerts as cli_alerts
from nof.cli.options import HomeOption, Layout
from nof.home import DEFAULT_HOME, Home


def status(
    home: HomeOption = DEFAULT_HOME,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Judge by this day instead of today.")
    ] = None,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv and json the inputs alone.")
    ] = Layout.TABLE,
    alert: Annotated[
        bool,
        typer.Option("--alert", help="Also tell the channels of nof.toml what is late; for a daily timer."),
    ] = False,
) -> None:
    """Say what is in hand, what is awaited since when and of which role, and what waits to be signed off."""
    from nof.release.states import read_states  # noqa: PLC0415
    from nof.report import status as report_status  # noqa: PLC0415
    from nof.settings import inbox_of, read_settings  # noqa: PLC0415
    from nof.status import standing_of  # noqa: PLC0415

    held, day = Home(home), on.date() if on else date.today()
    found = standing_of(held, on=day)
    if layout is not Layout.TABLE:
        report_status.for_programs(found, layout.value)
    else:
        provisional = [state for state in read_states(held) if state.state == "provisional"]
        report_status.for_people(found, provisional, held, inbox_of(held, read_settings(held)), day)
    if alert:
        is_quiet = layout is not Layout.TABLE
        cli_alerts.tell_late(
            held, read_settings(held), found.awaited, read_states(held), day, is_quiet=is_quiet
        )
