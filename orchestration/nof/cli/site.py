"""The commands for the site of a release: make it again somewhere else, and look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from nof.cli.options import HomeOption
from nof.halted import Stopped
from nof.home import DEFAULT_HOME, Home

ReleaseOption = Annotated[
    str | None, typer.Option(help="The release: quarter/id, or an id; the current one by default.")
]


def site(
    directory: Annotated[
        Path, typer.Argument(help="Folder to write to; it must be empty, or not be there yet.")
    ],
    release: ReleaseOption = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make the site of a release in a folder of its own, to be put on a web server or opened from there.

    Every release carries its site already, in site/; this one is made anew by the code in hand.
    """
    from nof.site.complete import check_site  # noqa: PLC0415 - `nof --help` does without
    from nof.site.write import write_site  # noqa: PLC0415

    source = _released(Home(home), release)
    files = write_site(source, directory)
    check_site(source, directory)
    typer.echo(f"{len(files)} files. Open {directory / 'index.html'}")


def serve(
    release: ReleaseOption = None,
    home: HomeOption = DEFAULT_HOME,
    host: Annotated[
        str, typer.Option(help="Address to listen on; only this machine by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.")] = 8000,
) -> None:
    """Show the site of a release in a browser, until Ctrl-C.

    For a look on this machine; to publish it, copy the folder to a web server.
    """
    from nof.site.serve import serving  # noqa: PLC0415

    with _folder(_released(Home(home), release)) as folder, serving(folder, host=host, port=port) as server:
        typer.echo(f"http://{host}:{server.server_port}/ shows {folder}. Ctrl-C ends it.")
        try:
            server.serve_forever()
        except (KeyboardInterrupt, Stopped):
            typer.echo("Ended.")


@contextmanager
def _folder(release: Path) -> Iterator[Path]:
    """The site that the release carries; made for the time being where it is from before there were any."""
    from nof.site.write import FOLDER, write_site  # noqa: PLC0415

    if (release / FOLDER / "index.html").is_file():
        yield release / FOLDER
        return
    with TemporaryDirectory(prefix="nof-site-") as made:
        typer.echo("The release carries no site; it is made now, by the code in hand.")
        write_site(release, Path(made))
        yield Path(made)


def _released(home: Home, release: str | None) -> Path:
    from nof.release.pick import pick_to_read  # noqa: PLC0415

    return home.releases / pick_to_read(home, release).release


COMMANDS = (site, serve)
