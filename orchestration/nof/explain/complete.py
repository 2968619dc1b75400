"""Whether the trust type is complete in the quarter, and what is missing where it is not (rules 1)."""

import math
from collections.abc import Mapping
from typing import Any

from nof.explain.facts import Facts
from nof.explain.figures import plain
from nof.explain.model import Completeness, CoreMetric

HENCE = (
    "Hence there is no average metric score, no unadjusted, adjusted or final segment and no league rank "
    "for any {noun} of this type in this quarter."
)


def tell_completeness(facts: Facts) -> Completeness:
    """Core metrics, who has them, and what follows."""
    row = facts.completeness
    expected = row["expected_trust_count"]
    share = facts.method.core_metric_share
    needed = math.ceil(share * expected)
    core = _core_metrics(facts)
    in_hand = len({value["trust_code"] for value in facts.type_values})
    return Completeness(
        is_complete=row["is_complete"],
        expected_trust_count=expected,
        needed_trust_count=needed,
        trusts_in_hand=in_hand,
        core_metrics=core,
        sentence=_sentence(facts, row, core, needed, in_hand),
    )


def missing_core_metrics(facts: Facts, domain_id: str) -> list[str]:
    """Core metrics of a domain that the trust itself lacks."""
    core = facts.method.core_metrics.get(facts.segment["trust_type_id"], ())
    return [
        row["metric_id"]
        for row in facts.metrics
        if row["metric_id"] in core and row["domain_id"] == domain_id and row["value"] is None
    ]


def _core_metrics(facts: Facts) -> tuple[CoreMetric, ...]:
    labels = {row["metric_id"]: row["metric_label"] for row in facts.metrics}
    return tuple(
        CoreMetric(
            metric_id=metric_id,
            metric_label=labels.get(metric_id, ""),
            trust_count=sum(value["has_value"] for value in values),
            missing_trusts=tuple(value["trust_code"] for value in values if not value["has_value"]),
        )
        for metric_id in facts.method.core_metrics.get(facts.segment["trust_type_id"], ())
        if (values := [value for value in facts.type_values if value["metric_id"] == metric_id]) is not None
    )


def _sentence(
    facts: Facts, row: Mapping[str, Any], core: tuple[CoreMetric, ...], needed: int, in_hand: int
) -> str:
    kind, quarter = facts.trust["trust_type_label"], facts.quarter["quarter_label"]
    expected, share = row["expected_trust_count"], f"{plain(facts.method.core_metric_share * 100)} %"
    if row["is_complete"]:
        return (
            f"{kind} is complete in {quarter}: each of its {row['core_metric_count']} core metrics is in "
            f"hand for at least {row['weakest_core_metric_count']} of {expected} expected {facts.noun}s "
            f"(needed: {needed}, {share})."
        )
    lacking = [metric.metric_id for metric in core if metric.trust_count < needed]
    hence = HENCE.format(noun=facts.noun)
    return (
        f"{kind} is NOT complete in {quarter}: each of its {row['core_metric_count']} core metrics "
        f"must be in hand for {needed} of {expected} expected {facts.noun}s ({share}). Of the {expected}, "
        f"{in_hand} have rows in the quarter. Too few have {', '.join(lacking)}. {hence}"
    )
