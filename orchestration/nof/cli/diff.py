"""The command that says what differs between two releases."""

from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption, Layout
from nof.home import DEFAULT_HOME, Home


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
