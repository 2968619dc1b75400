"""The command for why a trust moved since the quarter before."""

from typing import Annotated

import typer

from nof.cli.options import HomeOption
from nof.home import DEFAULT_HOME, Home


def why(
    trust: Annotated[str, typer.Argument(help="Trust code, or a part of the name that only one trust has.")],
    quarter: Annotated[
        str | None,
        typer.Argument(help="Quarter, for example 2025-26-Q3; the newest of the release by default."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    release: Annotated[
        str | None, typer.Option(help="Release to read; the current one by default (see `nof releases`).")
    ] = None,
) -> None:
    """Say why a trust's average and segment moved since the quarter before, part by part.

    Places are those in the quarter before, with the new value among the others as they stood, and now.
    """
    from rich.console import Console  # noqa: PLC0415 - `nof --help` does without

    from nof.release.pick import pick_to_read  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415
    from nof.report.why import print_why  # noqa: PLC0415
    from nof.why import read_why  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    report_releases.standing(state)
    print_why(read_why(Home(home).releases / state.release / "nof.duckdb", trust, quarter), Console())


COMMANDS = (why,)
