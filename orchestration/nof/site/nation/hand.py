"""What of the nation is in hand: each trust type and quarter, and what is missing, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from nof.explain.figures import counted, joined
from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.released import Released

_QUERY = """
    select
        whole.quarter_id, whole.trust_type_id, whole.expected_trust_count, whole.is_complete,
        whole.weakest_core_metric_count, count(segments.trust_code) as trust_count,
        count(segments.average_metric_score) as average_count,
        count(segments.league_rank) as ranked_count
    from fct_completeness as whole
    left join fct_segment as segments using (framework_id, quarter_id, trust_type_id)
    group by all
    order by whole.trust_type_id, whole.quarter_id
"""


@dataclass(frozen=True)
class Standing:
    """A trust type in a quarter.

    Attributes:
        row: the counts.
        quarter_label: of the quarter.
        is_in_hand: whether any organisation of the type is in hand.
        said: the state in a few words.
    """

    row: Row
    quarter_label: str
    is_in_hand: bool
    said: str


@dataclass(frozen=True)
class TypeInHand:
    """A trust type over the quarters of the release."""

    trust_type_id: str
    label: str
    standings: tuple[Standing, ...]


def read_in_hand(released: Released) -> tuple[TypeInHand, ...]:
    """Every trust type that the framework expects, with each quarter of the release."""
    rows = released.rows(_QUERY)
    made = []
    for seed in read_seed("reference", "trust_types"):
        own = [row for row in rows if row["trust_type_id"] == seed["trust_type_id"]]
        standings = tuple(
            Standing(row, released.quarter_labels[row["quarter_id"]], row["trust_count"] > 0, _said(row))
            for row in own
            if row["quarter_id"] in released.quarter_labels
        )
        if standings:
            made.append(TypeInHand(seed["trust_type_id"], seed["trust_type_label"], standings))
    return tuple(made)


def _said(row: Row) -> str:
    count, expected = row["trust_count"], row["expected_trust_count"]
    if not count:
        return "not in hand"
    if not row["is_complete"]:
        return (
            f"incomplete: {count} of {expected} in hand, and the core metric that fewest have is there for "
            f"{row['weakest_core_metric_count']}; so no averages, segments or ranks"
        )
    if count < expected:
        return f"complete enough to score: {count} of {expected} in hand"
    return f"complete: all {count}"


def missing_sentences(in_hand: Sequence[TypeInHand], newest_label: str) -> tuple[str, ...]:
    """What is not there, a sentence for each trust type; none where all is."""
    made = []
    for each in in_hand:
        absent = [one.quarter_label for one in each.standings if not one.is_in_hand]
        partial = [one for one in each.standings if one.is_in_hand and not one.row["is_complete"]]
        plural = f"{each.label}s"
        if len(absent) == len(each.standings):
            made.append(f"{plural}: nothing is in hand.")
            continue
        if absent:
            made.append(f"{plural}: nothing is in hand for {joined(absent)}.")
        made.extend(
            f"{plural} in {one.quarter_label}: {one.row['trust_count']} of "
            f"{counted(one.row['expected_trust_count'], 'trust')} are in hand, but the core metric that "
            f"fewest have is there for {one.row['weakest_core_metric_count']}. There are metric values and "
            "scores, and no averages, segments or ranks."
            for one in partial
        )
    shown = [each.label for each in in_hand if each.standings[-1].row["average_count"]]
    if made and shown:
        names = " and ".join(f"{label[:1].lower()}{label[1:]}s" for label in shown)
        made.append(f"So in {newest_label} only {names} have averages, segments and ranks.")
    return tuple(made)
