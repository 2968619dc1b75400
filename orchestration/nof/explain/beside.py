"""Everything that stands beside a score or follows from it, put together."""

from nof.explain.consequences import tell_consequences
from nof.explain.context import tell_context
from nof.explain.facts import OrganisationFacts
from nof.explain.model import Beside
from nof.explain.places import Places
from nof.explain.ratings import tell_ratings
from nof.explain.whereabouts import tell_whereabouts
from nof.explain.winter import tell_winter


def tell_beside(facts: OrganisationFacts, places: Places) -> Beside:
    """What there is to say beside the score, of a segmented organisation or another."""
    return Beside(
        organisation=tell_whereabouts(facts, places),
        consequences=tell_consequences(facts, places),
        ratings=tell_ratings(facts, places),
        context=tell_context(facts, places),
        winter=tell_winter(facts, places),
    )
