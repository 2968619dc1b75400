"""The command `nof`: reads the command line, calls the steps, and says what happened in words."""

import sys

import typer

from nof.cli import (
    alerts,
    diff,
    explain,
    files,
    push,
    quality,
    records,
    releases,
    run,
    site,
    status,
    what_if,
    why,
)
from nof.errors import NofError
from nof.halted import leave_if_stopped, said_in_words, stopped_by_signals

app = typer.Typer(
    name="nof",
    help="Recomputes the NHS Oversight Framework from the published files. Not an NHS England publication.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


# In the order in which `nof --help` lists them.
for command in (
    *run.COMMANDS,
    status.status,
    *explain.COMMANDS,
    *releases.COMMANDS,
    *quality.COMMANDS,
    *site.COMMANDS,
    *why.COMMANDS,
    alerts.alert,
    what_if.what_if,
    run.early_view,
    diff.diff,
    push.push,
    *files.COMMANDS,
):
    app.command()(command)
app.add_typer(records.app)


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
