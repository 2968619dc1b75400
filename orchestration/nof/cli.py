"""The command `nof`: reads the command line, calls the steps, and says what happened in words."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from nof import (
    cli_alerts,
    cli_early_view,
    cli_quality,
    cli_records,
    cli_releases,
    cli_site,
    cli_what_if,
    cli_why,
)
from nof.cli_options import DEFAULT_HOME, HomeOption, Layout
from nof.errors import NofError
from nof.halted import leave_if_stopped, said_in_words, stopped_by_signals
from nof.home import Home

app = typer.Typer(
    name="nof",
    help="Recomputes the NHS Oversight Framework from the published files. Not an NHS England publication.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
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
    from nof import alerts, report, steps  # noqa: PLC0415 - `nof --help` does without
    from nof.engines.choose import choose  # noqa: PLC0415
    from nof.landing.folders import folders_of  # noqa: PLC0415
    from nof.quarters import quarter_id_of  # noqa: PLC0415
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
        report.progress() as progress,
    ):
        outcome = run_all(request, today=today, progress=progress)
    try:
        report.summary(outcome)
    finally:
        # Last, so that nobody waits for a mail server to read what was made; and it was made in any case.
        alerts.tell_outcome(held, outcome, today=today)


@app.command()
def fetch(
    quarter: Annotated[str, typer.Argument(help="Quarter, for example 2025-26-Q3 or 'Q3 2025/26'.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Fetch the files of a quarter from the addresses in nof.toml into the inbox; nothing is landed yet.

    Exit status: 0 all of them are in hand; 2 wrong use; 1 at least one was not got, and none was put there.
    """
    from nof import report, report_fetch  # noqa: PLC0415
    from nof.fetch import fetch as fetch_files  # noqa: PLC0415
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.settings import inbox_of, read_settings  # noqa: PLC0415

    held = Home(home)
    settings = read_settings(held)
    with report.progress() as progress:
        found = fetch_files(held, settings, quarter_id_of(quarter), progress=progress)
    report_fetch.fetched(found, held, inbox_of(held, settings))


@app.command()
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
    from nof import report_status  # noqa: PLC0415
    from nof.release.states import read_states  # noqa: PLC0415
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


@app.command()
def explain(
    trust: Annotated[str, typer.Argument(help="Trust code, or a part of the name that only one trust has.")],
    quarter: Annotated[str, typer.Argument(help="Quarter, for example 2025-26-Q3 or 'Q3 2025/26'.")],
    home: HomeOption = DEFAULT_HOME,
    release: Annotated[
        str | None, typer.Option(help="Release to read; the current one by default (see `nof releases`).")
    ] = None,
    metric: Annotated[str | None, typer.Option(help="Show one metric only, for example OF0005.")] = None,
) -> None:
    """Walk from a trust's final segment back to the file and row of every figure behind it."""
    from rich.console import Console  # noqa: PLC0415

    from nof import report_releases  # noqa: PLC0415
    from nof.explain import explain as explain_trust  # noqa: PLC0415
    from nof.explain import render  # noqa: PLC0415
    from nof.release.pick import pick_to_read  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    report_releases.standing(state)
    database = Home(home).releases / state.release / "nof.duckdb"
    render(explain_trust(database, trust, quarter), Console(), metric=metric)


@app.command()
def history(
    trust: Annotated[str, typer.Argument(help="Trust or ICB code, or a part of the name that only one has.")],
    *,
    home: HomeOption = DEFAULT_HOME,
    quarter: Annotated[str | None, typer.Option(help="One quarter only, for example 2025-26-Q3.")] = None,
    metric: Annotated[
        str | None, typer.Option(help="One metric only, changed or not, for example OF0005.")
    ] = None,
    as_known_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="What was known on this day, beside what is known now."),
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Release to read; the current one by default (see `nof releases`).")
    ] = None,
) -> None:
    """Show each version of a trust's figures: from when to when, in which file or release, and why."""
    from rich.console import Console  # noqa: PLC0415

    from nof import report_releases  # noqa: PLC0415
    from nof.history import read_history, render  # noqa: PLC0415
    from nof.release.pick import pick_to_read  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    report_releases.standing(state)
    found = read_history(
        Home(home).releases / state.release / "nof.duckdb", trust, quarter=quarter, metric=metric
    )
    render(found, Console(), as_known_on=as_known_on.date() if as_known_on else None)


for command in (
    *cli_releases.COMMANDS,
    *cli_quality.COMMANDS,
    *cli_site.COMMANDS,
    *cli_why.COMMANDS,
    cli_alerts.alert,
    cli_what_if.what_if,
    cli_early_view.early_view,
):
    app.command()(command)
app.add_typer(cli_records.app)


@app.command()
def diff(
    before: Annotated[
        str, typer.Argument(help="Release to start from: quarter/id, an id, current, or previous.")
    ] = "previous",
    now: Annotated[str, typer.Argument(help="Release to end at, in the same words.")] = "current",
    *,
    home: HomeOption = DEFAULT_HOME,
    table: Annotated[
        str | None, typer.Option(help="Show the changes of this table, for example fct_metric.")
    ] = None,
    trust: Annotated[str | None, typer.Option(help="Show what is about this trust, by its code.")] = None,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv the changes; json all of it.")
    ] = Layout.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write the CSVs and the page to; made where it is missing.")
    ] = None,
) -> None:
    """Say what differs between two releases: figures and segments that moved and why, rows, columns.

    previous is the release that the other one was compared with when it was made. Exit status 0 whether or
    not they differ; 2 for wrong use.
    """
    from nof.difference.command import diff as diff_releases  # noqa: PLC0415

    diff_releases(Home(home), before, now, table=table, trust=trust, form=layout.value, out=out)


@app.command()
def push(
    target: Annotated[
        str,
        typer.Argument(
            help="A PostgreSQL database. Leave the password to PGPASSWORD, ~/.pgpass or a service file.",
            metavar="postgresql://USER@HOST:PORT/DATABASE",
        ),
    ],
    *,
    release: Annotated[
        str | None, typer.Option(help="Release to push: quarter/id, or an id; the current one by default.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    schema: Annotated[str, typer.Option(help="Schema that belongs to releases.")] = "nof",
    reader_role: Annotated[
        str, typer.Option(help="Group of those who may read it; made where it is missing.")
    ] = "nof_reader",
    allow_older: Annotated[
        bool, typer.Option("--allow-older", help="Also where a newer release is there.")
    ] = False,
    allow_other: Annotated[
        bool,
        typer.Option(
            "--allow-other",
            help="Also where one of another framework is there; the bundled nation over real figures.",
        ),
    ] = False,
) -> None:
    """Put a release into PostgreSQL, where many readers see the release before or this one, never both.

    Exit status: 0 it is there, read back and equal; 2 wrong use; 1 refused, and what was there stays.
    """
    from nof.postgres import PushRequest, message  # noqa: PLC0415
    from nof.postgres import push as push_release  # noqa: PLC0415
    from nof.postgres.target import Target  # noqa: PLC0415
    from nof.report import progress as show  # noqa: PLC0415

    place = Target(target, schema=schema, reader_role=reader_role)
    request = PushRequest(
        home=Home(home), target=place, release=release, allow_older=allow_older, allow_other=allow_other
    )
    with show() as progress:
        result = push_release(request, progress=progress)
    for line in message.lines(result, place):
        typer.echo(line)


@app.command()
def sample(
    directory: Annotated[Path, typer.Argument(help="Folder to write to; made where it is missing.")],
) -> None:
    """Write the bundled, invented nation as published files, to try `nof run --landing` on."""
    from nof.sample import write_sample  # noqa: PLC0415

    for path in write_sample(directory):
        typer.echo(path)


@app.command()
def templates(
    directory: Annotated[Path, typer.Argument(help="Folder to write to; made where it is missing.")],
) -> None:
    """Write an empty register for each use, and a page that says how to fill them in."""
    from nof.templates import write_templates  # noqa: PLC0415

    for path in write_templates(directory):
        typer.echo(path)


def main() -> None:
    """Entry point of the command: a refusal becomes its message and its exit status."""
    try:
        with said_in_words(), stopped_by_signals():
            app()
    except NofError as refusal:
        sys.stdout.flush()
        typer.echo(f"\n{refusal}", err=True)
        typer.echo(refusal.consequence, err=True)
        leave_if_stopped(refusal.exit_status)
        sys.exit(refusal.exit_status)
