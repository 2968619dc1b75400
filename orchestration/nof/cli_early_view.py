"""The command for a quarter before it is published: scored from what is in hand, marked as a forecast."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nof.cli_options import DEFAULT_HOME, HomeOption
from nof.home import Home


def early_view(
    quarter: Annotated[
        str, typer.Argument(help="The quarter after the newest in hand, for example 2025-26-Q2.")
    ],
    *,
    landing: Annotated[
        list[Path] | None,
        typer.Option("--landing", help="A folder with files to land first. May be repeated."),
    ] = None,
    framework: Annotated[
        str | None,
        typer.Option(help="Framework that forecasts; by default the one derived from the one in force."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Score a quarter from monthly publications before its data files exist; it never becomes current.

    A metric of which nothing newer is in hand has the value of the quarter before, and says so. The same as
    `nof run --framework` with a framework that forecasts, with the same exit status.
    """
    from nof import report, steps  # noqa: PLC0415 - `nof --help` does without
    from nof.errors import UsageRefused  # noqa: PLC0415
    from nof.frameworks import forecasting_framework, is_forecast  # noqa: PLC0415
    from nof.landing.folders import folders_of  # noqa: PLC0415
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.run import run as run_all  # noqa: PLC0415

    framework_id = framework or forecasting_framework()
    if not is_forecast(framework_id):
        raise UsageRefused(f"{framework_id} makes no forecast: score it with `nof run`.")
    held, today, quarter_id = Home(home), date.today(), quarter_id_of(quarter)
    folders = tuple(landing) if landing else folders_of(held)
    if folders and not landing:
        typer.echo(f"Landing from the inbox of the home: {folders[0]}", err=True)
    request = steps.Request(home=held, landing=folders, quarter_id=quarter_id, framework_id=framework_id)
    with report.progress() as progress:
        outcome = run_all(request, today=today, progress=progress)
    report.summary(outcome)
