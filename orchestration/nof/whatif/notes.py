"""What a reader must know of an answer, in sentences."""

from nof.whatif.scored import Found
from nof.whatif.source import Source


def of_source(source: Source) -> list[str]:
    """What is to be said of every answer about this release."""
    said = []
    if source.is_bundled:
        said.append("The nation is the bundled one, which is invented: no figure is a real trust's.")
    if not source.is_same_method:
        said.append(
            f"{source.release} was made by another method than this version scores by: what is called "
            "released here is what this version makes of the same inputs."
        )
    return said


def of_quarter(found: Found) -> list[str]:
    """What is to be said of the answer for a quarter."""
    said = []
    if found.has_observed_cuts:
        said.append(
            f"{_quarter(found)}: not the whole nation is in hand, so cut points are those observed in the "
            "published segments. They are taken to stay; how the change would move them cannot be seen."
        )
    for each, status in found.not_counted:
        said.append(
            f"{each.metric_id} of {each.trust_code} in {each.quarter_id} does not count with its new "
            f"value either: its status is {status}."
        )
    for standing in found.standings:
        final, adjusted = standing.before["final_segment"], standing.before["adjusted_segment"]
        if final is not None and final != adjusted and final == standing.after["final_segment"]:
            said.append(
                f"{standing.trust_code} is in the improvement programme by decision, so its final "
                f"segment stays {final}; the segments shown are those before the programme is counted in."
            )
    return said


def _quarter(found: Found) -> str:
    return found.accepted[0].quarter_id
