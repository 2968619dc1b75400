"""The command for questions: what would move if cells were changed."""

from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption, Layout
from nof.home import DEFAULT_HOME, Home


def what_if(
    trust: Annotated[
        str | None, typer.Argument(help="Trust code, or a part of the name that only one trust has.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            help="Changed values, each as OF0013=80; OF0013= takes the value away.",
            metavar="[METRIC=VALUE]...",
        ),
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="CSV of changes for many trusts: trust, quarter, metric, value."),
    ] = None,
    quarter: Annotated[
        str | None, typer.Option(help="Quarter that is changed; the newest of the release by default.")
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Release to ask; the current one by default (see `nof releases`).")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv every figure; json all of it.")
    ] = Layout.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="File to write the answer to instead of showing it.")
    ] = None,
) -> None:
    """Rerun the whole nation with values changed, and show everything that moves. No release is touched.

    Exit status: 0 answered, also where the answer is that something cannot be told; 2 wrong use; 1 anything
    else.
    """
    from nof.release.pick import pick_to_read  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415 - `nof --help` does without
    from nof.whatif.command import what_if as ask  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    if layout is Layout.TABLE and out is None:
        report_releases.standing(state)
    ask(
        Home(home),
        trust,
        changes or [],
        file=file,
        quarter=quarter,
        release=state.release,
        form=layout.value,
        out=out,
    )
