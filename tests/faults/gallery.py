"""A bad input: what is wrong with it, and how `nof` is shown it. docs/runbooks/refusals.md has all."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness_inputs import TODAY, row

from nof.errors import InputRefused, NofError
from nof.home import Home
from nof.landing import land

# Told what it is given: a folder of its own, and the home beside it.
Show = Callable[[Path, Home], None]


@dataclass(frozen=True)
class Bad:
    """A bad input.

    Attributes:
        wrong: what is wrong with it, as the page has it.
        show: gives it to `nof`, which must refuse.
    """

    wrong: str
    show: Show

    def told(self, folder: Path) -> str:
        """What is said of it, without the places of this machine.

        Args:
            folder: an empty folder to make it in.
        """
        inbox, home = folder / "inbox", Home(folder / "home")
        inbox.mkdir(parents=True)
        try:
            self.show(inbox, home)
        except NofError as refused:
            # A file that a release was made from, or a refused one, carries its hash: no place either.
            said = str(refused).replace(str(inbox), "INBOX").replace(str(home.root), "HOME")
            problems = refused.problems if isinstance(refused, InputRefused) else ()
            assert all(each.file and each.message and each.remedy for each in problems)
            return re.sub(r"\b[0-9a-f]{64}\b", "(its hash)", said)
        raise AssertionError(f"{self.wrong}: was not refused")


def landing(**files: bytes) -> Show:
    """Files by name (`_csv` for `.csv`), landed together."""
    return landing_of({name.replace("_csv", ".csv"): content for name, content in files.items()})


def landing_of(files: Mapping[str, bytes]) -> Show:
    """Files by name, landed together."""

    def show(inbox: Path, home: Home) -> None:
        for name, content in files.items():
            (inbox / name).write_bytes(content)
        land(home, [inbox], today=TODAY)

    return show


def sound_rows() -> Iterator[dict[str, str]]:
    """Two sound rows of a data file, about two trusts."""
    yield row()
    yield row(Trust_code="ZZ2")
