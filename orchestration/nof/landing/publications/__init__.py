"""Source publications: the monthly and yearly files that metric values are made from, one module for each."""

from nof.landing.opened import Opened
from nof.landing.publications.accident_and_emergency import ACCIDENT_AND_EMERGENCY
from nof.landing.publications.ambulance import AMBULANCE_RESPONSES
from nof.landing.publications.cancer_waiting_times import CANCER_WAITING_TIMES
from nof.landing.publications.community import COMMUNITY_WAITS
from nof.landing.publications.model import Publication
from nof.landing.publications.rtt import RTT
from nof.landing.publications.staff_survey import STAFF_SURVEY

# In the order in which a file is tried; no two may know the same file.
PUBLICATIONS: tuple[Publication, ...] = (
    ACCIDENT_AND_EMERGENCY,
    AMBULANCE_RESPONSES,
    CANCER_WAITING_TIMES,
    COMMUNITY_WAITS,
    RTT,
    STAFF_SURVEY,
)


def publication_of(opened: Opened) -> Publication | None:
    """The publication that a file is of, by its shape and not by its name; None where it is of none."""
    return next((each for each in PUBLICATIONS if each.is_it(opened)), None)


__all__ = ["PUBLICATIONS", "Publication", "publication_of"]
