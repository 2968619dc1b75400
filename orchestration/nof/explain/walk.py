"""The walk of one organisation in one quarter, put together from the rows of a release."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nof.explain.absence import no_average
from nof.explain.beside import tell_beside
from nof.explain.compare import tell_comparison
from nof.explain.complete import missing_core_metrics, tell_completeness
from nof.explain.cuts import segmented
from nof.explain.facts import Facts, OrganisationFacts, read_facts
from nof.explain.final import final_step
from nof.explain.league import league_step
from nof.explain.means import mean_of_metrics
from nof.explain.metrics import tell_metrics
from nof.explain.model import Domain, Explanation, Mean, Segmented, Unsegmented
from nof.explain.override import adjusted_step
from nof.explain.places import Places


def explain(
    database: Path, trust_code: str, quarter: str, *, framework_id: str | None = None
) -> Explanation | Unsegmented:
    """Explain the segment of a trust or an ICB from the tables of a release.

    Args:
        database: nof.duckdb of the release; it is only read.
        trust_code: ODS code in any case, or a piece of the name that only one organisation has.
        quarter: `2025-26-Q3` or `Q3 2025/26`, in any case and spacing.
        framework_id: needed only where the release holds several.

    Returns:
        The walk; where the framework does not segment the organisation, that and what stands beside.

    Raises:
        UsageRefused: organisation, quarter or framework is not in the release; the message says what is near.
        NofError: there is no such file.
    """
    return tell(read_facts(database, trust_code, quarter, framework_id))


def tell(facts: Facts | OrganisationFacts) -> Explanation | Unsegmented:
    """Put the walk together.

    Args:
        facts: what was read of an organisation in a quarter.
    """
    places = Places(facts.files)
    return _walk(facts, places) if isinstance(facts, Facts) else _beside_alone(facts, places)


def _walk(facts: Facts, places: Places) -> Explanation:
    final, adjusted = final_step(facts, places), adjusted_step(facts, places)
    metrics = tell_metrics(facts, places)
    beside, comparison = tell_beside(facts, places), tell_comparison(facts, places)
    return Explanation(
        **_described(facts),
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
        beside=beside,
        files=places.named(),
    )


def _beside_alone(facts: OrganisationFacts, places: Places) -> Unsegmented:
    beside = tell_beside(facts, places)
    return Unsegmented(
        **_described(facts),
        sentence=(
            f"{facts.method.framework_label} does not segment organisations of this type: there is no metric "
            "score, no average metric score, no segment and no league rank. What is published about it all "
            "the same stands below."
        ),
        beside=beside,
        files=places.named(),
    )


def _described(facts: OrganisationFacts) -> dict[str, Any]:
    return {
        "framework_id": facts.framework_id,
        "standing": "" if facts.method.is_in_force else facts.method.standing,
        "quarter_id": facts.quarter["quarter_id"],
        "quarter_label": facts.quarter["quarter_label"],
        "trust_code": facts.trust["trust_code"],
        "trust_name": facts.trust["trust_name"],
        "trust_type_label": facts.trust["trust_type_label"],
        "trust_subtype_label": facts.trust["trust_subtype_label"] or "",
        "region_label": facts.trust["region_label"] or "",
    }


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
        noun=facts.noun,
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
            noun=facts.noun,
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
            why = f"the {facts.noun} lacks core metric {', '.join(missing)}"
        return f"No domain score: the trust type is not complete, and in this domain {why}."
    return "No domain score: no metric of the domain has a score."


def _cut_points(facts: Facts, score_id: str) -> list[Mapping[str, Any]]:
    """The cut points of the organisation's own partition; those of all where it has none of its own."""
    points = [row for row in facts.cut_points if row["score_id"] == score_id]
    own = [row for row in points if row["cut_partition_id"] != "all"]
    return own or points


def _rank_words(rank: int | None) -> str:
    return "" if rank is None else f"rank {rank} in the trust type by score alone"
