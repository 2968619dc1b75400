"""The commands that walk through the figures of one trust in one release: explain, history."""

from datetime import datetime
from typing import Annotated

import typer

from nof.cli.options import HomeOption
from nof.home import DEFAULT_HOME, Home


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
    from nof.release.pick import pick_to_read  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    report_releases.standing(state)
    database = Home(home).releases / state.release / "nof.duckdb"
    render(explain_trust(database, trust, quarter), Console(), metric=metric)


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

    from nof.history import read_history, render  # noqa: PLC0415
    from nof.release.pick import pick_to_read  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    state = pick_to_read(Home(home), release)
    report_releases.standing(state)
    found = read_history(
        Home(home).releases / state.release / "nof.duckdb", trust, quarter=quarter, metric=metric
    )
    render(found, Console(), as_known_on=as_known_on.date() if as_known_on else None)


COMMANDS = (explain, history)
