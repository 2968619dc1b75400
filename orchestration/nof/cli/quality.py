"""The commands for what did not hold: quality over all runs, and refused files with their reasons."""

from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption, Layout
from nof.home import DEFAULT_HOME, Home


def quality(
    home: HomeOption = DEFAULT_HOME,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv and json with a row for every result.")
    ] = Layout.TABLE,
) -> None:
    """Say what the gates found in every run, refused ones too, and which claims did not always hold.

    What was found of releases travels with them: quality/ and the table dq_result.
    """
    from nof.quality.runs import read_results, read_rows  # noqa: PLC0415
    from nof.report import quality as report_quality  # noqa: PLC0415 - `nof --help` does without

    if layout is Layout.TABLE:
        report_quality.over_runs(read_results(Home(home)), home)
    else:
        report_quality.for_programs(list(read_rows(Home(home))), layout.value)


def refused(
    file: Annotated[
        str | None, typer.Argument(help="A refused file: its name, or the beginning of its hash.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write the refused rows to, to be sent back; made where it is missing."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """List refused files, or show what is wrong with one and write its refused rows for its supplier.

    With --out and no file the rows of every refused file are written.
    """
    from nof.landing.returned import choose, refused_files, write_returned  # noqa: PLC0415
    from nof.report import quality as report_quality  # noqa: PLC0415

    found = refused_files(Home(home))
    chosen = [choose(found, file)] if file is not None else found
    if out is not None:
        for each in chosen:
            typer.echo(write_returned(each, out))
    elif file is not None:
        report_quality.refused_file(chosen[0])
    else:
        report_quality.refused_list(found, home)


COMMANDS = (quality, refused)
