"""The financial override and what it does to the unadjusted segment: which limb, and the sums (rules 3)."""

from decimal import Decimal

from nof.explain.absence import no_average
from nof.explain.facts import Facts
from nof.explain.figures import TOLERANCE, joined, plain
from nof.explain.kept import CONFIDENTIAL
from nof.explain.method import ADOPTED
from nof.explain.model import Claim, Step
from nof.explain.places import Places
from nof.explain.system import stepped, system_lines

_LIMBS = {
    "deficit": "Limb: the deficit.",
    "deficit_support": "Limb: the deficit support.",
    "deficit_and_deficit_support": "Limbs: the deficit and the deficit support.",
    "confidential": (
        "Limb: not the deficit; the other one rests on an input that is confidential, so it is not said "
        "whether it applies."
    ),
    "not_shown": "Limb: not shown; the flag is published and nothing in hand says why it is set.",
}


def adjusted_step(facts: Facts, places: Places) -> Step:
    """The override with its limb, the system adjustment where there is one, and the adjusted segment."""
    row = facts.segment
    flag = {True: "set", False: "not set", None: "unknown"}[row["has_financial_override"]]
    lines = [
        _flag(facts, places, flag),
        _deficit(facts),
        _support(facts, places),
        *_limb(facts),
        *system_lines(facts),
        _adjustment(facts),
    ]
    steps = row["system_segment_steps"]
    system = f"; system adjustment {steps}" if steps else ""
    return Step(
        "adjusted segment",
        "none" if row["adjusted_segment"] is None else str(row["adjusted_segment"]),
        f"override {flag}, {row['override_basis']}{system}",
        tuple(line for line in lines if line is not None),
    )


def _flag(facts: Facts, places: Places, flag: str) -> Claim:
    row = facts.segment
    place = places.at(row["override_file_id"], row["override_row_number"])
    why = row["override_reason"] if row["override_basis"] in ADOPTED else "no flag is published"
    told = f"Financial override: {flag} ({row['override_basis']}: {why})"
    return Claim(f"{told}; {place}" if place else told)


def _deficit(facts: Facts) -> Claim:
    """The sum that shows a deficit, worked out again from the metrics of the trust."""
    row, limit = facts.segment, facts.method.override_sum_below
    values = {metric["metric_id"]: metric["value"] for metric in facts.metrics}
    inputs = facts.method.override_inputs
    missing = [f"{label} ({key})" for key, label in inputs.items() if values.get(key) is None]
    if missing:
        holds = row["plan_and_variance"] is None and row["is_in_deficit"] is None
        return Claim(
            f"Deficit: not known, as {joined(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            holds=holds,
        )
    total = sum((values[key] for key in inputs), Decimal(0))
    terms = " + ".join(f"{label} {plain(values[key])} ({key})" for key, label in inputs.items())
    terms = terms[:1].upper() + terms[1:]
    is_below = total < limit
    said = f"below {plain(limit)}: a deficit" if is_below else f"not below {plain(limit)}: no deficit"
    holds = (
        row["plan_and_variance"] is not None
        and abs(total - row["plan_and_variance"]) <= TOLERANCE
        and row["is_in_deficit"] is is_below
    )
    return Claim(f"{terms} = {plain(total)} % of turnover, {said}", holds=holds)


def _support(facts: Facts, places: Places) -> Claim:
    row = facts.segment
    if row.get("is_deficit_support_confidential"):
        return Claim(f"Deficit support: {CONFIDENTIAL}")
    place = places.at(row["deficit_support_file_id"], row["deficit_support_row_number"])
    said = {True: "received", False: "not received", None: "not in hand (no register entry)"}
    told = f"Deficit support: {said[row['has_deficit_support']]}"
    return Claim(f"{told}; {place}" if place else told)


def _limb(facts: Facts) -> list[Claim]:
    row = facts.segment
    limbs = [name for name in ("is_in_deficit", "has_deficit_support") if row[name]]
    if not row["has_financial_override"]:
        against = row["has_financial_override"] is False and row["override_basis"] in ADOPTED and limbs
        return [Claim("The published flag stands all the same.")] if against else []
    other = "confidential" if row.get("is_deficit_support_confidential") else "not_shown"
    expected = {
        (): other,
        ("is_in_deficit",): "deficit",
        ("has_deficit_support",): "deficit_support",
    }.get(tuple(limbs), "deficit_and_deficit_support")
    limb = row["override_limb"]
    return [Claim(_LIMBS.get(limb, f"Limb: {limb}."), holds=limb == expected)]


def _adjustment(facts: Facts) -> Claim:
    row = facts.segment
    unadjusted, adjusted, floor = (
        row[name] for name in ("unadjusted_segment", "adjusted_segment", "override_segment_floor")
    )
    if unadjusted is None:
        return Claim(f"No adjusted segment: {no_average(facts)}.", holds=adjusted is None)
    worst = max(unadjusted, floor)
    if row["has_financial_override"]:
        worked, told = stepped(worst, facts)
        text = f"adjusted = max(unadjusted {unadjusted}, floor {floor}){told} = {worked}"
        return Claim(text, holds=adjusted == worked)
    if row["has_financial_override"] is False:
        worked, told = stepped(unadjusted, facts)
        text = (
            f"adjusted = unadjusted {unadjusted}{told} = {worked}"
            if told
            else (f"adjusted = unadjusted = {unadjusted}")
        )
        return Claim(text, holds=adjusted == worked)
    if unadjusted >= floor:
        worked, told = stepped(unadjusted, facts)
        text = f"either way: an override: max({unadjusted}, {floor}) = {unadjusted}"
        text = f"adjusted = {unadjusted}{told} = {worked} {text}" if told else f"adjusted = {worked} {text}"
        return Claim(text, holds=adjusted == worked)
    return Claim(
        f"Empty: without an override it is {unadjusted}, with one max({unadjusted}, {floor}) = {floor}"
        f"{', before any system adjustment' if facts.method.system_rules else ''}.",
        holds=adjusted is None,
    )
