"""Source publications: the monthly and yearly files that metric values are made from, one module for each."""

from nof.landing.opened import Opened
from nof.landing.publications import ambulance, community
from nof.landing.publications.model import Publication

# In the order in which a file is tried; no two may know the same file.
PUBLICATIONS: tuple[Publication, ...] = (ambulance.PUBLICATION, community.PUBLICATION)


def publication_of(opened: Opened) -> Publication | None:
    """The publication that a file is of, by its shape and not by its name; None where it is of none."""
    return next((each for each in PUBLICATIONS if each.is_it(opened)), None)


__all__ = ["PUBLICATIONS", "Publication", "publication_of"]
