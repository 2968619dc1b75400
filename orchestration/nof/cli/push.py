"""The command that puts a release into PostgreSQL."""

from typing import Annotated

import typer

from nof.cli.options import HomeOption
from nof.home import DEFAULT_HOME, Home


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
    from nof.report.progress import shown_progress  # noqa: PLC0415

    place = Target(target, schema=schema, reader_role=reader_role)
    request = PushRequest(
        home=Home(home), target=place, release=release, allow_older=allow_older, allow_other=allow_other
    )
    with shown_progress() as progress:
        result = push_release(request, progress=progress)
    for line in message.lines(result, place):
        typer.echo(line)
