"""The commands for releases that are out: list, finalise, withdraw, verify, prune, rebuild."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption, Layout
from nof.errors import UsageRefused
from nof.home import DEFAULT_HOME, Home

ReleaseArgument = Annotated[str, typer.Argument(help="The release: quarter/id, an id, or current.")]
RoleOption = Annotated[
    str, typer.Option(help="The role that decides, such as 'Head of Performance Analysis'; never a person.")
]
ReasonOption = Annotated[str, typer.Option(help="Why, in a sentence; readers of the release see it.")]


def releases(
    home: HomeOption = DEFAULT_HOME,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv and json with every column.")
    ] = Layout.TABLE,
) -> None:
    """List every release that a home has made: its state, since when, by which role and why.

    The same list lies beside the releases, as releases.csv, for BI tools.
    """
    from nof.release.listing import list_rows  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    rows = list_rows(Home(home))
    if layout is Layout.TABLE:
        report_releases.release_list(rows, home)
    else:
        report_releases.release_rows(rows, layout.value)


def finalise(
    release: ReleaseArgument, role: RoleOption, reason: ReasonOption, home: HomeOption = DEFAULT_HOME
) -> None:
    """Say that a release is final: it is verified first, and no prune takes it afterwards."""
    from nof.release import life  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    with existing(home) as held:
        event, found = life.finalise(held, release, role=role, reason=reason)
    report_releases.finalised(event, found)


def withdraw(
    release: ReleaseArgument, role: RoleOption, reason: ReasonOption, home: HomeOption = DEFAULT_HOME
) -> None:
    """Take a release back: its figures are not to be used. `current` goes to the last good one."""
    from nof.release import life  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    with existing(home) as held:
        done = life.withdraw(held, release, role=role, reason=reason)
    report_releases.withdrawn(done, home)


def verify(
    release: Annotated[str, typer.Argument(help="The release: quarter/id, an id, or current.")] = "current",
    every: Annotated[
        bool, typer.Option("--all", help="Every release that is there, and what the home says of them.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Prove that a release is what was released: files, seal, rows in each format, landed files.

    Exit status: 0 nothing found; 1 with every finding; 2 no such release.
    """
    from nof.release.verify_home import verify_all, verify_one  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415

    found, passed_over = verify_all(Home(home)) if every else verify_one(Home(home), release)
    report_releases.verifications(found, passed_over)
    if any(each.findings for each in found):
        raise typer.Exit(1)


def prune(
    keep: Annotated[
        int | None,
        typer.Option(
            help="Releases to keep of each quarter and framework beside those never pruned; by default 2, "
            "or as nof.toml says."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Remove them; without it nothing is removed.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Show what the retention rule lets go, and with --yes remove it.

    Never pruned: the current release, one that was finalised and not withdrawn,
    and the last good one of each quarter and framework. Of the others the
    newest of each quarter and framework are kept, as many as --keep says.
    """
    from nof.release.prune import judge  # noqa: PLC0415
    from nof.release.prune import prune as take  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415
    from nof.settings import read_settings  # noqa: PLC0415

    kept = read_settings(Home(home)).retention.keep if keep is None else keep
    if yes:
        with existing(home) as held:
            verdicts = take(held, kept)
    else:
        verdicts = judge(Home(home), kept)
    report_releases.pruned(verdicts, is_done=yes)


def rebuild(
    source: Annotated[
        Path,
        typer.Argument(
            help="What is left of a home: landed/ and, where they are left, events/ and nof.toml."
        ),
    ],
    home: HomeOption = DEFAULT_HOME,
    other_code: Annotated[
        bool,
        typer.Option("--other-code", help="Also releases that this code gives another id than they had."),
    ] = False,
) -> None:
    """Make every release of a lost home again from its landed files, in order, in a new home.

    With events/ each one under its id, with what was said of it; without them one for each day on which
    files were landed. Cut short and run again, it goes on where it ended.

    Exit status: 0 all of them are there; 2 wrong use; 1 one cannot be made as it was.
    """
    from nof.rebuild import rebuild as rebuild_home  # noqa: PLC0415
    from nof.report import releases as report_releases  # noqa: PLC0415
    from nof.report.progress import shown_progress  # noqa: PLC0415

    lost, held = Home(source), Home(home)
    with shown_progress() as progress:
        for each in rebuild_home(lost, held, is_other_code=other_code, progress=progress):
            report_releases.rebuilt(each)
    report_releases.after_rebuild(lost, held)


@contextmanager
def existing(folder: Path) -> Iterator[Home]:
    """Hold a home in which something was released already; none is made where there is none.

    Raises:
        UsageRefused: there is no such home.
    """
    from nof.steps import hold  # noqa: PLC0415

    home = Home(folder)
    if not home.releases.is_dir():
        raise UsageRefused(f"There is no release in {folder}. Name the home with --home.")
    with hold(home):
        yield home


COMMANDS = (releases, finalise, withdraw, verify, prune, rebuild)
