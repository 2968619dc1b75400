"""Targets and plans beside a value: on target or not, and by how much, worked out again (rules 7)."""

from decimal import Decimal

from nof.explain.facts import Facts
from nof.explain.figures import TOLERANCE, amount, plain
from nof.explain.kept import CONFIDENTIAL
from nof.explain.model import Claim
from nof.explain.places import Places
from nof.explain.rows import Row

Line = tuple[str, Claim]
_BASES = {
    "national": "national",
    "trust_minimum": "the least asked of each trust",
    "improvement_on_baseline": "improvement on its baseline",
}
_COMPARATORS = {"at_least": "at least", "at_most": "at most"}


def target_lines(metric_id: str, facts: Facts, places: Places) -> list[Line]:
    """A line for each target or plan of a metric."""
    units = {row["metric_id"]: row["metric_unit_label"] for row in facts.metrics}
    return [
        ("plan" if row["target_basis"] == "plan" else "target", _claim(row, units.get(metric_id), places))
        for row in facts.beside.targets
        if row["metric_id"] == metric_id
        and (row["target_value"] is not None or row["target_status"] == "withheld")
    ]


def _claim(row: Row, unit: str | None, places: Places) -> Claim:
    if row["target_status"] == "withheld":
        is_plan = row["target_basis"] == "plan"
        rests = "its own" if is_plan else f"{row['target_label']}, which rests on its own baseline"
        return Claim(f"{rests}; {CONFIDENTIAL}", holds=row["target_value"] is None)
    asked = f"{_COMPARATORS.get(row['comparator'], '')} {amount(row['target_value'], unit)}".strip()
    if row["target_basis"] == "plan":
        place = places.at(row["plan_file_id"], row["plan_row_number"])
        text = f"its own, {asked}; {place}" if place else f"its own, {asked}"
    else:
        text = f"{row['target_label']}: {asked} ({_basis(row, places)})"
    if row["value"] is None:
        return Claim(f"{text}; no value is compared", holds=row["is_on_target"] is None)
    gap = row["value"] - row["target_value"]
    gap = -gap if row["comparator"] == "at_most" else gap
    return Claim(f"{text}; {plain(row['value'])} is {_verdict(row, gap)}", holds=_holds(row, gap))


def _basis(row: Row, places: Places) -> str:
    basis = _BASES.get(row["target_basis"], str(row["target_basis"]))
    if row["baseline_value"] is None:
        return basis
    place = places.at(row["baseline_file_id"], row["baseline_row_number"])
    where = f"; {place}" if place else ""
    return f"{basis}; baseline {plain(row['baseline_value'])} in {row['baseline_month']}{where}"


def _verdict(row: Row, gap: Decimal) -> str:
    if gap < 0:
        return f"{plain(-gap)} off it: not on target"
    if row["is_on_target"] is None:
        return f"{plain(gap)} inside it; open all the same, as its baseline is not in hand"
    return f"on target, by {plain(gap)}" if gap else "exactly on target"


def _holds(row: Row, gap: Decimal) -> bool:
    is_same = abs(gap - row["gap_to_target"]) <= TOLERANCE
    return bool(is_same and (row["is_on_target"] is None or row["is_on_target"] is (gap >= 0)))
