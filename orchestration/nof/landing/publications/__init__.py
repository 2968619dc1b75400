"""Source publications: the monthly and yearly files that metric values are made from, one module for each."""

from nof.landing.opened import Opened
from nof.landing.publications.model import Publication
from nof.landing.publications.rtt import RTT

# In the order in which a file is tried; no two may know the same file.
PUBLICATIONS: tuple[Publication, ...] = (RTT,)


def publication_of(opened: Opened) -> Publication | None:
    """The publication that a file is of, by its shape and not by its name; None where it is of none."""
    return next((each for each in PUBLICATIONS if each.is_it(opened)), None)


__all__ = ["PUBLICATIONS", "Publication", "publication_of"]
