"""What travels with a release beside its tables: each made from the candidate alone, before it is sealed.

A companion reads the candidate's own files (and, for the difference, the release before); it never opens the
build. One that cannot be made stops the release.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from nof.release.candidate import Candidate
from nof.release.errors import ReleaseRefused


@dataclass(frozen=True)
class Companion:
    """One thing that travels with a release.

    Attributes:
        name: as people call it; progress shows it.
        files: what it leaves in the candidate, relative to its folder; the release is refused without them.
        write: makes them.
    """

    name: str
    files: tuple[str, ...]
    write: Callable[[Candidate], None]


# In the order in which they are made, by the module of this package that makes them (FILES and `write`).
MADE = {
    "Data dictionary": "dictionary",
    "Difference": "difference",
    "Quality over time": "quality",
    "Workbook": "workbook",
    "Semantic description": "semantic",
}


def companions() -> tuple[Companion, ...]:
    """Every companion, in the order in which they are made (imported late: they load libraries)."""
    modules = {name: import_module(f"nof.companions.{module}") for name, module in MADE.items()}
    return tuple(Companion(name, module.FILES, module.write) for name, module in modules.items())


def write_companions(candidate: Candidate, progress: Callable[[str], None]) -> None:
    """Make every companion of a candidate.

    Raises:
        ReleaseRefused: one of them was not made whole.
    """
    made = companions()
    for companion in made:
        progress(companion.name.lower())
        companion.write(candidate)
    missing = [name for each in made for name in each.files if not (candidate.folder / name).is_file()]
    if missing:
        raise ReleaseRefused(f"The release is not whole, so it is not published: no {', '.join(missing)}.")
