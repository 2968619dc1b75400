"""The command for a quarter before it is published: scored from what is in hand, marked as a forecast."""

from pathlib import Path
from typing import Annotated

import typer

from nof.cli_options import DEFAULT_HOME, HomeOption


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
    from nof.cli import run  # noqa: PLC0415 - which imports this
    from nof.errors import UsageRefused  # noqa: PLC0415
    from nof.frameworks import forecasting_framework, is_forecast  # noqa: PLC0415

    framework_id = framework or forecasting_framework()
    if not is_forecast(framework_id):
        raise UsageRefused(f"{framework_id} makes no forecast: score it with `nof run`.")
    run(landing=landing, home=home, quarter=quarter, framework=framework_id)
