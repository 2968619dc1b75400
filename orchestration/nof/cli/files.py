"""The commands that write files to begin with: a nation to try, and empty registers."""

from pathlib import Path
from typing import Annotated

import typer


def sample(
    directory: Annotated[Path, typer.Argument(help="Folder to write to; made where it is missing.")],
) -> None:
    """Write the bundled, invented nation as published files, to try `nof run --landing` on."""
    from nof.sample import write_sample  # noqa: PLC0415

    for path in write_sample(directory):
        typer.echo(path)


def templates(
    directory: Annotated[Path, typer.Argument(help="Folder to write to; made where it is missing.")],
) -> None:
    """Write an empty register for each use, and a page that says how to fill them in."""
    from nof.templates import write_templates  # noqa: PLC0415

    for path in write_templates(directory):
        typer.echo(path)


COMMANDS = (sample, templates)
