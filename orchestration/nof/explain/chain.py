"""The top of the walk: final segment, financial override, league rank (rules 3 and 4)."""

from collections.abc import Mapping
from typing import Any

from nof.explain.facts import Facts
from nof.explain.figures import counted, score
from nof.explain.model import Claim, Step
from nof.explain.places import Places

PROGRAMME = "the Provider Improvement Programme (formerly Recovery Support Programme)"
NONE = "none"


def final_step(facts: Facts, places: Places) -> Step:
    """The final segment: the programme, otherwise the adjusted segment; empty where nothing says which."""
    row, method = facts.segment, facts.method
    adjusted, final = row["adjusted_segment"], row["final_segment"]
    in_programme = row["is_in_improvement_programme"]
    place = places.at(row["programme_file_id"], row["programme_row_number"])
    lines = []
    if in_programme is not None:
        said = "is" if in_programme else "is not"
        measure = row["programme_measure_id"]
        lines.append(Claim(f"{place} ({measure}) says that the trust {said} in {PROGRAMME}."))
    if row["unadjusted_segment"] is None:
        lines.append(Claim(f"Empty: {no_average(facts)}, so there is no segment to go on from."))
    elif in_programme is None:
        lines.append(Claim(_unknown_programme(facts)))
    elif in_programme:
        text = f"A trust in the programme is in segment {method.programme_segment}, whatever its scores."
        lines.append(Claim(text, holds=final == method.programme_segment))
    elif adjusted is None:
        lines.append(
            Claim("Empty: it would be the adjusted segment, and that is empty.", holds=final is None)
        )
    else:
        lines.append(
            Claim(f"So the final segment is the adjusted segment, {adjusted}.", holds=final == adjusted)
        )
    return Step("final segment", _shown(final), row["final_segment_basis"], tuple(lines))


def adjusted_step(facts: Facts, places: Places) -> Step:
    """The financial override and what it does to the unadjusted segment."""
    row = facts.segment
    flag = {True: "set", False: "not set", None: "unknown"}[row["has_financial_override"]]
    place = places.at(row["override_file_id"], row["override_row_number"])
    told = f"Financial override: {flag} ({row['override_basis']}: {row['override_reason']})"
    flag_line = Claim(f"{told}; {place}" if place else told)
    return Step(
        "adjusted segment",
        _shown(row["adjusted_segment"]),
        f"override {flag}, {row['override_basis']}",
        (flag_line, _adjustment(facts, row)),
    )


def league_step(facts: Facts) -> Step:
    """The league rank, counted out."""
    row, place = facts.segment, facts.league_place
    rank = row["league_rank"]
    if rank is None:
        why = no_average(facts) if row["unadjusted_segment"] is None else "the adjusted segment is empty"
        return Step("league rank", NONE, "", (Claim(f"No league rank: {why}."),))
    count = row["league_trust_count"]
    segment, exact = row["adjusted_segment"], row["average_metric_score"]
    average = NONE if exact is None else score(exact)
    rule = Claim(
        f"Among {counted(count, 'trust')} of the type, by adjusted segment, then by the average to 2 dp, "
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
        lines.append(Claim("Some trusts of the type have a segment but no place, so ranks may be too good."))
    return Step("league rank", f"{rank} of {count}", row["league_rank_basis"], tuple(lines))


def no_average(facts: Facts) -> str:
    """Why there is no average metric score."""
    if facts.segment["delivery_status"] == "incomplete":
        return "the trust type is not complete in this quarter"
    if facts.segment["average_metric_score"] is None:
        return "no metric of the trust that enters the average has a score"
    return "there are no cut points for the average metric score"


def _adjustment(facts: Facts, row: Mapping[str, Any]) -> Claim:
    unadjusted, adjusted, floor = (
        row[name] for name in ("unadjusted_segment", "adjusted_segment", "override_segment_floor")
    )
    if unadjusted is None:
        return Claim(f"No adjusted segment: {no_average(facts)}.", holds=adjusted is None)
    if row["has_financial_override"]:
        worked = max(unadjusted, floor)
        return Claim(
            f"adjusted = max(unadjusted {unadjusted}, floor {floor}) = {worked}", holds=adjusted == worked
        )
    if row["has_financial_override"] is False:
        return Claim(f"adjusted = unadjusted = {unadjusted}", holds=adjusted == unadjusted)
    if unadjusted >= floor:
        return Claim(
            f"adjusted = {unadjusted} either way: an override: max({unadjusted}, {floor}) = {unadjusted}",
            holds=adjusted == unadjusted,
        )
    return Claim(
        f"Empty: without an override it is {unadjusted}, with one max({unadjusted}, {floor}) = {floor}.",
        holds=adjusted is None,
    )


def _unknown_programme(facts: Facts) -> str:
    measures = facts.method.measures
    adjusted = facts.segment["adjusted_segment"]
    kept = f" The adjusted segment, {adjusted}, does not stand in for it." if adjusted is not None else ""
    return (
        f"Empty: no landed file says whether the trust is in {PROGRAMME} in this quarter. A row of the "
        f"quarter with the final segment ({measures.get('final_segment', '')}) or the programme flag "
        f"({measures.get('improvement_programme', '')}) would say it.{kept}"
    )


def _shown(segment: int | None) -> str:
    return NONE if segment is None else str(segment)
