"""The system adjustment of a draft (rules 7): challenged areas, counted out, and the segments they cost."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nof.explain.facts import Facts
from nof.explain.figures import counted, half_up, joined, plain, score
from nof.explain.means import entering_score
from nof.explain.method import SystemArea, SystemRule
from nof.explain.model import Claim

Row = Mapping[str, Any]


def system_lines(facts: Facts) -> list[Claim]:
    """One line for each area and one for the count; none where the framework has no such adjustment."""
    rule = facts.method.system_rules.get(facts.segment["trust_type_id"])
    if rule is None:
        return []
    scored = {row["area_id"]: row for row in facts.beside.system_areas}
    metrics = {row["metric_id"]: row for row in facts.metrics}
    lines = [_area(area, scored.get(area.area_id), metrics, rule) for area in rule.areas]
    return [*lines, _count(facts, rule, list(scored.values()))]


def stepped(segment: int, facts: Facts) -> tuple[int, str]:
    """The segment after the system adjustment, and how that is written; `+ 0` where it did not fire."""
    rule = facts.method.system_rules.get(facts.segment["trust_type_id"])
    if rule is None:
        return segment, ""
    steps = facts.segment["system_segment_steps"]
    worked = max(segment, min(segment + steps, rule.worst_segment))
    told = f" + {steps} for the system"
    return worked, f"{told}, no worse than {rule.worst_segment}" if segment + steps > worked else told


def _area(area: SystemArea, row: Row | None, metrics: Mapping[str, Row], rule: SystemRule) -> Claim:
    name = f"System area {area.label}"
    if row is None:
        why = "none of its metrics has a score" if area.metric_ids else "no metric of it is in the framework"
        return Claim(f"{name}: no score, so not challenged ({why}).")
    limit = rule.challenged_score_at_least
    parts = [
        (metrics[key]["score_id"], entering_score(metrics[key]))
        for key in area.metric_ids
        if key in metrics and metrics[key]["metric_score_unrounded"] is not None
    ]
    mean = sum((part for _, part in parts), Decimal(0)) / max(len(parts), 1)
    of = joined([f"{score_id} {plain(part, 4)}" for score_id, part in parts])
    is_at_least = row["area_score"] >= limit
    said = f">= {score(limit)}, challenged" if is_at_least else f"< {score(limit)}, not challenged"
    shown = f"mean of {of} = {score(row['area_score'])}" if len(parts) > 1 else of
    holds = half_up(mean) == row["area_score"] and is_at_least is row["is_challenged"]
    return Claim(f"{name}: {shown} {said}", holds=holds)


def _count(facts: Facts, rule: SystemRule, scored: list[Row]) -> Claim:
    challenged = sum(row["is_challenged"] for row in scored)
    needed, steps = rule.challenged_area_count_at_least, facts.segment["system_segment_steps"]
    does_move = challenged >= needed
    told = f"{counted(steps, 'segment')} down" if does_move else "the segment stays"
    holds = (
        challenged == facts.segment["system_challenged_area_count"]
        and len(scored) == facts.segment["system_scored_area_count"]
        and steps == (rule.segment_steps if does_move else 0)
    )
    return Claim(
        f"{challenged} of {counted(len(scored), 'scored area')} challenged, "
        f"{'at least' if does_move else 'fewer than'} {needed}: {told} ({rule.certainty})",
        holds=holds,
    )
