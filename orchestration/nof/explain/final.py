"""The final segment: the improvement programme, otherwise the adjusted segment (rules 3)."""

from nof.explain.absence import no_average
from nof.explain.facts import Facts
from nof.explain.kept import reason_and_source, role_words
from nof.explain.method import ADOPTED
from nof.explain.model import Claim, Step
from nof.explain.places import Places
from nof.explain.rows import Row

PROGRAMME = "the Provider Improvement Programme (formerly Recovery Support Programme)"
_REGISTER = "improvement_programme"
_STATUS_WORDS = {"in": "In the programme", "left": "Left the programme", "not_in": "Not in the programme"}


def final_step(facts: Facts, places: Places) -> Step:
    """The final segment: the programme, otherwise the adjusted segment; empty where nothing says which."""
    row, method = facts.segment, facts.method
    adjusted, final = row["adjusted_segment"], row["final_segment"]
    in_programme = row["is_in_improvement_programme"]
    lines = [*_published(facts, places), *_decision(facts, places)]
    if row["unadjusted_segment"] is None:
        lines.append(Claim(f"Empty: {no_average(facts)}, so there is no segment to go on from."))
    elif in_programme is None:
        lines.append(Claim(_unknown_programme(facts), holds=final is None))
    elif in_programme:
        text = (
            f"A {facts.noun} in the programme is in segment {method.programme_segment}, whatever its scores."
        )
        lines.append(Claim(text, holds=final == method.programme_segment))
    elif adjusted is None:
        lines.append(
            Claim("Empty: it would be the adjusted segment, and that is empty.", holds=final is None)
        )
    else:
        lines.append(
            Claim(f"So the final segment is the adjusted segment, {adjusted}.", holds=final == adjusted)
        )
    result = "none" if final is None else str(final)
    return Step("final segment", result, row["final_segment_basis"], tuple(lines))


def _published(facts: Facts, places: Places) -> list[Claim]:
    row = facts.segment
    if row["final_segment_basis"] not in ADOPTED:
        return []
    place = places.at(row["programme_file_id"], row["programme_row_number"])
    said = "is" if row["is_in_improvement_programme"] else "is not"
    measure, quarter = row["programme_measure_id"], facts.quarter["quarter_label"]
    if row["final_segment_basis"] == "carried_forward":
        quarter = f"carried forward from {facts.quarter['carried_quarter_id']}"
    return [Claim(f"{place} ({measure}, {quarter}) says that the {facts.noun} {said} in {PROGRAMME}.")]


def _decision(facts: Facts, places: Places) -> list[Claim]:
    """The register entry: what, from when, by which role, its reason; beside a published flag too."""
    row = facts.segment
    status = row["programme_status"]
    if status is None:
        return []
    entry = _entry(facts)
    told = (entry or {}).get("value_text") or _STATUS_WORDS.get(status, status)
    place = places.at(entry["file_id"], entry["row_number"]) if entry else ""
    if not place and row["final_segment_basis"] == "decision":
        place = places.at(row["programme_file_id"], row["programme_row_number"])
    ends = f" to {entry['to_date']}" if entry and entry["to_date"] else ""
    for_all = " (an entry for all that have none of their own)" if _is_for_all(entry) else ""
    lines = [
        Claim(
            f'Register entry {place}: "{told}" from {row["programme_from_date"]}{ends}{for_all}, '
            f"decided by: {role_words(row['programme_decided_by_role'], entry)}."
        ),
        Claim(reason_and_source(place, entry)),
    ]
    if row["final_segment_basis"] in ADOPTED:
        agrees = row["is_in_improvement_programme"] is (status == "in")
        said = "The register agrees." if agrees else "The register DISAGREES; what is published comes first."
        lines.append(Claim(said))
    return lines


def _entry(facts: Facts) -> Row | None:
    row = facts.segment
    found = [
        entry
        for entry in facts.beside.entries.values()
        if (entry["register_id"], entry["subject_id"]) == (_REGISTER, "programme")
        and entry["value_id"] == row["programme_status"]
        and entry["from_date"] == row["programme_from_date"]
        and not entry["is_withdrawn"]
    ]
    return min(found, key=_is_for_all) if found else None


def _is_for_all(entry: Row | None) -> bool:
    return entry is not None and entry["organisation_code"] == "ALL"


def _unknown_programme(facts: Facts) -> str:
    adjusted = facts.segment["adjusted_segment"]
    kept = f" The adjusted segment, {adjusted}, does not stand in for it." if adjusted is not None else ""
    would = " or ".join(_what_would_say_it(facts))
    take = f" It would take {would}." if would else ""
    return (
        f"Empty: nothing in hand says whether the {facts.noun} is in {PROGRAMME} in this quarter.{take}{kept}"
    )


def _what_would_say_it(facts: Facts) -> list[str]:
    """A published row, and the register where it is about such organisations."""
    measures = facts.method.measures
    roles = {"improvement_programme": "the programme flag"}
    if facts.method.has_published_figures:
        roles = {"final_segment": "the final segment"} | roles
    flags = [f"{name} ({measures[role]})" for role, name in roles.items() if role in measures]
    told = [f"a row of the quarter with {' or '.join(flags)}"] if flags else []
    label = facts.method.register_labels.get(_REGISTER)
    if label and facts.method.register_kinds[_REGISTER] in {"any", facts.kind}:
        told.append(f'an entry of the register "{label}"')
    return told
