"""The command `nof`: reads the command line, calls the steps, and says what happened in words."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nof.errors import NofError, UsageRefused
from nof.home import Home

DEFAULT_HOME = Path("warehouse")

app = typer.Typer(
    name="nof",
    help="Recomputes the NHS Oversight Framework from the published files. Not an NHS England publication.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

HomeOption = Annotated[Path, typer.Option("--home", help="The warehouse: everything it keeps is in here.")]


@app.command()
def run(
    landing: Annotated[
        list[Path] | None,
        typer.Option("--landing", help="A folder with files as NHS England publishes them. May be repeated."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    quarter: Annotated[
        str | None, typer.Option(help="Newest quarter of the release, for example 2025-26-Q3.")
    ] = None,
    framework: Annotated[
        str | None, typer.Option(help="Framework to score under; the one in force by default.")
    ] = None,
) -> None:
    """Land files, score every quarter in hand, pass the gates and publish a release.

    In a home where nothing is landed the bundled, invented nation is scored.

    Exit status: 0 released, or nothing new to release; 2 wrong use; 3 input refused; 4 the scored gate
    refused; 1 anything else. On 1 to 4 nothing is published and the last release stays as it is.
    """
    from nof import report, steps  # noqa: PLC0415 - `nof --help` does without
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.run import run as run_all  # noqa: PLC0415

    request = steps.Request(
        home=Home(home),
        landing=tuple(landing or ()),
        quarter_id=quarter_id_of(quarter) if quarter is not None else None,
        framework_id=framework,
    )
    with report.progress() as progress:
        outcome = run_all(request, today=date.today(), progress=progress)
    report.summary(outcome)


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

    from nof.explain import explain as explain_trust  # noqa: PLC0415
    from nof.explain import render  # noqa: PLC0415
    from nof.release import find_release  # noqa: PLC0415

    folder = find_release(Home(home), release_id=release)
    if folder is None:
        wanted = f"release {release}" if release else "current release"
        raise UsageRefused(f"There is no {wanted} in {home}. Make one with `nof run --home {home}`.")
    render(explain_trust(folder / "nof.duckdb", trust, quarter), Console(), metric=metric)


@app.command()
def releases(home: HomeOption = DEFAULT_HOME) -> None:
    """List the releases in a home, and which of them is current."""
    from nof import report  # noqa: PLC0415
    from nof.release import list_releases  # noqa: PLC0415

    report.release_list(list_releases(Home(home)), home)


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
        app()
    except NofError as refusal:
        sys.stdout.flush()
        typer.echo(f"\n{refusal}", err=True)
        typer.echo(_consequence(refusal), err=True)
        sys.exit(refusal.exit_status)


def _consequence(refusal: NofError) -> str:
    if isinstance(refusal, UsageRefused):
        return "Nothing was done."
    return "Nothing was published; the last release is untouched."
