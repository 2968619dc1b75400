"""What follows from the figures: each consequence with the rule that decides it (rules 7)."""

from decimal import Decimal

from nof.explain.facts import OrganisationFacts
from nof.explain.figures import plain, score
from nof.explain.method import Method
from nof.explain.model import Claim, Consequence
from nof.explain.places import Places
from nof.explain.rows import Row

_ORDER = {"applies": 0, "unknown": 1, "does_not_apply": 2}
_REVIEWS = {
    "awaiting": "awaiting: no register entry says that one has begun",
    "under_way": "under way",
    "completed": "completed",
}
_REVIEW_BASES = {
    "programme_decision": ", as the programme decision shows",
    "in_the_programme": ", as the place in the programme shows",
}


def tell_consequences(facts: OrganisationFacts, places: Places) -> tuple[Consequence, ...]:
    """Every consequence that can apply to the type; those that do apply first."""
    told = [
        Consequence(row["consequence_label"], row["outcome"], _lines(row, facts.method, places))
        for row in facts.beside.responses
    ]
    return tuple(sorted(told, key=lambda each: _ORDER.get(each.outcome, len(_ORDER))))


def _lines(row: Row, method: Method, places: Places) -> tuple[tuple[str, Claim], ...]:
    lines = [
        ("because", _trigger(row, method)),
        ("rule", Claim(f"{row['rule_certainty']}: {row['rule_source']}")),
    ]
    if row["review_status"] is not None:
        place = places.at(row["review_file_id"], row["review_row_number"])
        told = _REVIEWS.get(row["review_status"], str(row["review_status"]))
        told += _REVIEW_BASES.get(row["review_basis"], "")
        since = f", from {row['review_from_date']}" if row["review_from_date"] else ""
        lines.append(("review", Claim(f"{told}{since}; {place}" if place else f"{told}{since}")))
    return tuple(lines)


def _trigger(row: Row, method: Method) -> Claim:
    """The rule beside the figure that it is about."""
    rule, value = row["rule_label"], row["trigger_value"]
    if row["trigger_kind"] == "always":
        return Claim("it always applies")
    if value is None:
        return Claim(f"{rule}: {_without_figure(row)}")
    is_area = row["trigger_kind"] == "priority_area_score"
    shown = f"it is {score(value) if is_area else plain(value)}"
    if row["outcome"] == "unknown":
        return Claim(f"{rule}: {shown} ({row['basis']}), which leaves it open")
    fires = value >= row["trigger_limit"] if is_area else _is_between(row, value, method)
    basis = f" ({row['basis']})" if is_area else ""
    return Claim(f"{rule}: {shown}{basis}", holds=fires is (row["outcome"] == "applies"))


def _without_figure(row: Row) -> str:
    if row["basis"] == "not_applicable":
        return "it is about services that are not run here"
    if row["trigger_kind"] == "priority_area_score":
        return "no metric of the area has a score"
    said = "nothing in hand says which it is"
    if row["outcome"] == "unknown":
        return said
    return f"{said}; {'every' if row['outcome'] == 'applies' else 'none'} that it could be is meant"


def _is_between(row: Row, segment: Decimal, method: Method) -> bool:
    low, high = method.consequence_segments[row["consequence_id"]]
    return low <= segment <= high
