"""The walk of one trust in one quarter, put together from the rows of a release."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nof.explain.chain import adjusted_step, final_step, league_step, no_average
from nof.explain.compare import tell_comparison
from nof.explain.complete import missing_core_metrics, tell_completeness
from nof.explain.cuts import segmented
from nof.explain.facts import Facts, read_facts
from nof.explain.means import mean_of_metrics
from nof.explain.metrics import tell_metrics
from nof.explain.model import Domain, Explanation, Mean, Segmented
from nof.explain.places import Places


def explain(database: Path, trust_code: str, quarter: str, *, framework_id: str | None = None) -> Explanation:
    """Explain the segment of a trust from the tables of a release.

    Args:
        database: nof.duckdb of the release; it is only read.
        trust_code: ODS code in any case, or a piece of the name that only one trust has.
        quarter: `2025-26-Q3` or `Q3 2025/26`, in any case and spacing.
        framework_id: needed only where the release holds several frameworks.

    Raises:
        UsageRefused: trust, quarter or framework is not in the release; the message lists what is near.
        NofError: there is no such file.
    """
    facts = read_facts(database, trust_code, quarter, framework_id)
    places = Places(facts.files)
    final, adjusted = final_step(facts, places), adjusted_step(facts, places)
    metrics = tell_metrics(facts, places)
    comparison = tell_comparison(facts, places)
    return Explanation(
        framework_id=facts.framework_id,
        quarter_id=facts.quarter["quarter_id"],
        quarter_label=facts.quarter["quarter_label"],
        trust_code=facts.trust["trust_code"],
        trust_name=facts.trust["trust_name"],
        trust_type_label=facts.trust["trust_type_label"],
        trust_subtype_label=facts.trust["trust_subtype_label"] or "",
        region_label=facts.trust["region_label"] or "",
        completeness=tell_completeness(facts),
        final=final,
        adjusted=adjusted,
        league=league_step(facts),
        average=_average(facts),
        average_absence="" if facts.segment["average_metric_score"] is not None else no_average(facts),
        average_rank_words=_rank_words(facts.segment["average_score_rank"]),
        unadjusted=_unadjusted(facts),
        domains=tuple(_domain(row, facts) for row in facts.domains),
        metrics=metrics,
        comparison=comparison,
        files=places.named(),
    )


def _average(facts: Facts) -> Mean | None:
    row = facts.segment
    if row["average_metric_score"] is None:
        return None
    return mean_of_metrics(
        facts.metrics,
        unrounded=row["average_metric_score_unrounded"],
        score=row["average_metric_score"],
        basis=row["average_basis"],
    )


def _unadjusted(facts: Facts) -> Segmented | None:
    row = facts.segment
    if row["unadjusted_segment"] is None:
        return None
    return segmented(
        _cut_points(facts, facts.method.measures["average_metric_score"]),
        value=row["average_metric_score"],
        segment=row["unadjusted_segment"],
        basis=row["segment_basis"],
        score_basis=row["average_basis"],
    )


def _domain(row: Mapping[str, Any], facts: Facts) -> Domain:
    mean, cut = None, None
    if row["domain_score"] is not None:
        mean = mean_of_metrics(
            [metric for metric in facts.metrics if metric["domain_id"] == row["domain_id"]],
            unrounded=row["domain_score_unrounded"],
            score=row["domain_score"],
            basis=row["domain_score_basis"],
        )
    if row["domain_segment"] is not None:
        cut = segmented(
            _cut_points(facts, row["domain_id"]),
            value=row["domain_score"],
            segment=row["domain_segment"],
            basis=row["domain_segment_basis"],
            score_basis=row["domain_score_basis"],
        )
    return Domain(
        domain_id=row["domain_id"],
        domain_label=row["domain_label"],
        mean=mean,
        segmented=cut,
        rank_words=_rank_words(row["domain_score_rank"]),
        absence=_domain_absence(row, facts) if mean is None else "",
    )


def _domain_absence(row: Mapping[str, Any], facts: Facts) -> str:
    if row["domain_status"] == "incomplete":
        missing = missing_core_metrics(facts, row["domain_id"])
        why = "there is no core metric to go by"
        if missing:
            why = f"the trust lacks core metric {', '.join(missing)}"
        return f"No domain score: the trust type is not complete, and in this domain {why}."
    return "No domain score: no metric of the domain has a score."


def _cut_points(facts: Facts, score_id: str) -> list[Mapping[str, Any]]:
    return [row for row in facts.cut_points if row["score_id"] == score_id]


def _rank_words(rank: int | None) -> str:
    return "" if rank is None else f"rank {rank} in the trust type by score alone"
