"""All that a home has and awaits on a day: files of the framework, and source publications."""

from datetime import date
from typing import NamedTuple

from nof.home import Home
from nof.status.awaited import Awaited, awaited_inputs
from nof.status.publications import Unused, awaited_publications, unused_publications


class Standing(NamedTuple):
    """What was found.

    Attributes:
        inputs: files of the framework.
        publications: periods of the source publications that the home uses.
        unused: source publications of which nothing was ever landed.
    """

    inputs: list[Awaited]
    publications: list[Awaited]
    unused: list[Unused]

    @property
    def awaited(self) -> list[Awaited]:
        """Both kinds, the framework's files first."""
        return [*self.inputs, *self.publications]


def standing_of(home: Home, *, on: date) -> Standing:
    """What a home has and awaits.

    Args:
        home: the warehouse; only its register is read.
        on: the day to judge by.

    Raises:
        NofError: the register was damaged.
    """
    return Standing(awaited_inputs(home, on=on), awaited_publications(home, on=on), unused_publications(home))
