"""Commands as a message gives them: whole, so that they can be copied into any folder's terminal."""

from collections.abc import Sequence
from pathlib import Path
from shlex import join

from nof.home import Home


def command(home: Home, *words: str) -> str:
    """`nof …` for a home, quoted where a path needs it."""
    return join(["nof", *words, "--home", str(home.root.absolute())])


def run_again(home: Home, landing: Sequence[Path] = ()) -> str:
    """The run that is to be made again, with the folders that it was given."""
    folders = [word for each in landing for word in ("--landing", str(each.absolute()))]
    return command(home, "run", *folders)


def finalise(home: Home, release: str, roles: Sequence[str]) -> str:
    """The command that signs a release off; the role is filled in where only one may."""
    role = roles[0] if len(roles) == 1 else "ROLE"
    return command(home, "finalise", release, "--role", role, "--reason", "REASON")
