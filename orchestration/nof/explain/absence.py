"""Why there is no average metric score: one sentence that several steps of the walk need."""

from nof.explain.facts import Facts


def no_average(facts: Facts) -> str:
    """Why there is no average metric score."""
    if facts.segment["delivery_status"] == "incomplete":
        return "the trust type is not complete in this quarter"
    if facts.segment["average_metric_score"] is None:
        return "no metric of the trust that enters the average has a score"
    return "there are no cut points for the average metric score"
