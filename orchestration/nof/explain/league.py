"""The league rank, counted out (rules 4)."""

from nof.explain.absence import no_average
from nof.explain.facts import Facts
from nof.explain.figures import counted, score
from nof.explain.model import Claim, Step


def league_step(facts: Facts) -> Step:
    """The league rank, counted out."""
    row, place = facts.segment, facts.league_place
    rank = row["league_rank"]
    if rank is None:
        why = no_average(facts) if row["unadjusted_segment"] is None else "the adjusted segment is empty"
        return Step("league rank", "none", "", (Claim(f"No league rank: {why}."),))
    count = row["league_trust_count"]
    segment, exact = row["adjusted_segment"], row["average_metric_score"]
    average = "none" if exact is None else score(exact)
    rule = Claim(
        f"Among {counted(count, facts.noun)} of the type, by adjusted segment, then by the average to 2 dp, "
        "lowest first; ties share the best rank."
    )
    before, beside = place["better_segment_count"], place["better_score_count"]
    tied = place["tied_count"]
    ties = f"; {counted(tied, 'other')} with {average} in segment {segment} at the same rank" if tied else ""
    worked = Claim(
        f"{before} in a better segment + {beside} in segment {segment} with an average below {average} + 1 "
        f"= {rank}{ties}",
        holds=exact is not None and before + beside + 1 == rank,
    )
    lines = [rule, worked]
    if row["league_rank_basis"] != "computed":
        lines.append(
            Claim(f"Some {facts.noun}s of the type have a segment but no place, so ranks may be too good.")
        )
    return Step("league rank", f"{rank} of {count}", row["league_rank_basis"], tuple(lines))
