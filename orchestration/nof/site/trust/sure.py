"""How sure a segment is, in sentences: what would move it, and what choices of the method do."""

from collections.abc import Mapping

from nof.explain.figures import counted, cut, score
from nof.explain.rows import Row
from nof.site.look import signed
from nof.site.trust.read import TrustRead

_DIRECTIONS = {"better": "at most", "worse": "at least"}


def average_sentences(read: TrustRead) -> Mapping[str, str]:
    """How far the average is from the next segment and from falling back, by direction."""
    return {
        direction: _average(row, direction)
        for direction in ("better", "worse")
        if (row := read.average_distances.get(direction)) is not None
    }


def _average(row: Row, direction: str) -> str:
    status = row["distance_status"]
    if status == "already_best":
        return "The average is in the best segment already."
    if status == "already_worst":
        return "The average is in the worst segment there is by score."
    if status != "distance":
        return "No average of its own, with those of all others as they are, would do."
    from_here = f"{signed(row['needed_change'])} from {score(row['average_metric_score'])}"
    told = (
        f"Segment {row['next_segment']} by score takes an average of {_DIRECTIONS[direction]} "
        f"{score(row['needed_average'])} ({from_here}; the cut point is {cut(row['cut_point'])}), with the "
        "averages of all others as they are."
    )
    return told + _alone(row) + _held(row)


def _alone(row: Row) -> str:
    suffice, unknown = row["metrics_that_suffice"], row["metrics_not_known"]
    not_known = f" Of {counted(unknown, 'metric')} it is not known." if unknown else ""
    if not suffice:
        return f" {'No' if not unknown else 'No known'} metric by itself would do that.{not_known}"
    cheapest = f", soonest {row['cheapest_distance_label']}" if row["cheapest_distance_label"] else ""
    return f" {counted(suffice, 'metric')} by itself could do that{cheapest}.{not_known}".replace(
        "metrics by itself", "metrics each by itself"
    )


def _held(row: Row) -> str:
    if row["is_held_by_override"]:
        return (
            f" The override would keep the adjusted segment at {row['next_adjusted_segment']} all the same."
        )
    return ""


def by_measure(read: TrustRead) -> Mapping[str, tuple[Row, ...]]:
    """The probable segments, by the segment that they are of."""
    measures: dict[str, list[Row]] = {}
    for row in read.probabilities:
        measures.setdefault(row["measure_id"], []).append(row)
    return {measure: tuple(rows) for measure, rows in measures.items()}


def stability_sentence(read: TrustRead) -> str:
    """How far the segment depends on choices of the method; empty where nothing can be compared."""
    row = read.stability
    if row is None or not row["compared_case_count"]:
        return ""
    told = (
        f"In {row['same_segment_case_count']} of {counted(row['compared_case_count'], 'case')} in which one "
        f"thing of the method is changed, the adjusted segment stays {row['adjusted_segment']}"
    )
    low, high = row["best_segment"], row["worst_segment"]
    reach = "." if low == high else f"; over all it is between {low} and {high}."
    ranks = ""
    if row["best_rank"] is not None:
        is_one = row["best_rank"] == row["worst_rank"]
        reached = (
            f"stays {row['best_rank']}"
            if is_one
            else f"is between {row['best_rank']} and {row['worst_rank']}"
        )
        ranks = f" The league rank {reached}."
    kept = row["kept_case_count"]
    open_ = row["case_count"] - row["compared_case_count"]
    more = f" {counted(open_, 'case')} cannot be worked out with what is in hand." if open_ else ""
    if kept:
        more += f" In {kept} the cut points stand as they are, because the national pool is not in hand."
    return told + reach + ranks + more
