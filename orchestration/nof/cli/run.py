"""The commands that make a release, and that get the files for one: run, early view, fetch."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption
from nof.home import DEFAULT_HOME, Home


def run(
    landing: Annotated[
        list[Path] | None,
        typer.Option("--landing", help="A folder with files as NHS England publishes them. May be repeated."),
    ] = None,
    *,
    home: HomeOption = DEFAULT_HOME,
    quarter: Annotated[
        str | None, typer.Option(help="Newest quarter of the release, for example 2025-26-Q3.")
    ] = None,
    framework: Annotated[
        str | None, typer.Option(help="Framework to score under; the one in force by default.")
    ] = None,
    mended: Annotated[
        bool,
        typer.Option(
            "--mended",
            help="These inputs and this method made a release that was withdrawn; its fault lay in other "
            "code, and is mended.",
        ),
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(help="What makes the figures: duckdb (the default), postgres or spark."),
    ] = None,
) -> None:
    """Land files, score every quarter in hand, pass the gates and publish a release.

    Without --landing it takes the files in the home's inbox, where there are any, and says so. In a home
    where nothing is landed the bundled, invented nation is scored.

    Exit status: 0 released, or nothing new to release; 2 wrong use; 3 input refused; 4 the scored gate
    refused; 1 anything else. On 1 to 4 nothing is published and the last release stays as it is.
    """
    from nof import alerts, steps  # noqa: PLC0415 - `nof --help` does without
    from nof.engines.choose import choose  # noqa: PLC0415
    from nof.landing.folders import folders_of  # noqa: PLC0415
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.report.progress import shown_progress  # noqa: PLC0415
    from nof.report.run import summary  # noqa: PLC0415
    from nof.run import run as run_all  # noqa: PLC0415

    held, today = Home(home), date.today()
    quarter_id = quarter_id_of(quarter) if quarter is not None else None
    folders = tuple(landing) if landing else folders_of(held)
    if folders and not landing:
        typer.echo(f"Landing from the inbox of the home: {folders[0]}", err=True)
    request = steps.Request(
        home=held,
        landing=folders,
        quarter_id=quarter_id,
        framework_id=framework,
        is_mended=mended,
        engine=choose(held, engine),
    )
    with (
        alerts.telling_errors(held, today=today, quarter_id=quarter_id, landing=folders),
        shown_progress() as progress,
    ):
        outcome = run_all(request, today=today, progress=progress)
    try:
        summary(outcome)
    finally:
        # Last, so that nobody waits for a mail server to read what was made; and it was made in any case.
        alerts.tell_outcome(held, outcome, today=today)


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
    from nof.errors import UsageRefused  # noqa: PLC0415
    from nof.frameworks import forecasting_framework, is_forecast  # noqa: PLC0415

    framework_id = framework or forecasting_framework()
    if not is_forecast(framework_id):
        raise UsageRefused(f"{framework_id} makes no forecast: score it with `nof run`.")
    run(landing=landing, home=home, quarter=quarter, framework=framework_id)


def fetch(
    quarter: Annotated[str, typer.Argument(help="Quarter, for example 2025-26-Q3 or 'Q3 2025/26'.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Fetch the files of a quarter from the addresses in nof.toml into the inbox; nothing is landed yet.

    Exit status: 0 all of them are in hand; 2 wrong use; 1 at least one was not got, and none was put there.
    """
    from nof.fetch import fetch as fetch_files  # noqa: PLC0415
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.report.fetch import fetched  # noqa: PLC0415
    from nof.report.progress import shown_progress  # noqa: PLC0415
    from nof.settings import inbox_of, read_settings  # noqa: PLC0415

    held = Home(home)
    settings = read_settings(held)
    with shown_progress() as progress:
        found = fetch_files(held, settings, quarter_id_of(quarter), progress=progress)
    fetched(found, held, inbox_of(held, settings))


COMMANDS = (run, fetch)
