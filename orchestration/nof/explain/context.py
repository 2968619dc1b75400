"""Contextual metrics: what was published beside the score, with the benchmark of the type (rules 7)."""

from nof.explain.facts import OrganisationFacts
from nof.explain.figures import amount, counted, score
from nof.explain.missing import reason_words
from nof.explain.model import Claim, ContextMetric, Metric
from nof.explain.places import Places
from nof.explain.rows import Row

ENTERS_NOTHING = "a contextual metric: it has no score and enters no average"


def tell_context(facts: OrganisationFacts, places: Places) -> tuple[ContextMetric, ...]:
    """Every contextual metric of the organisation, in hand or not."""
    return tuple(_metric(row, facts, places) for row in facts.beside.context)


def _metric(row: Row, facts: OrganisationFacts, places: Places) -> ContextMetric:
    place = places.at(row["file_id"], row["row_number"])
    value = _value(row)
    period = f", {row['reporting_period_label']}" if row["reporting_period_label"] else ""
    lines = [("value", Claim(f"{value}{period}; {place}"))] if value else []
    median = "" if row["median_value"] is None else score(row["median_value"])
    if median and value:
        ranked = f"; value rank {row['value_rank']}" if row["value_rank"] is not None else ""
        lines.append(
            (
                "benchmark",
                Claim(
                    f"lower quartile {score(row['lower_quartile_value'])}, median {median}, upper quartile "
                    f"{score(row['upper_quartile_value'])} "
                    f"({counted(row['benchmark_organisation_count'], facts.noun)} of the type; "
                    f"{row['benchmark_basis']}){ranked}"
                ),
            )
        )
    lines.append(("average", Claim(ENTERS_NOTHING)))
    status = row["context_status"]
    return ContextMetric(
        metric=Metric(
            metric_id=row["metric_id"],
            score_id="",
            metric_label=row["metric_label"] or row["metric_id"],
            domain_id=row["domain_id"] or "",
            status=status,
            status_words=facts.method.status_words.get(status, status),
            score=None,
            basis=None,
            lines=tuple(lines),
            reason=reason_words(row, status, facts.method),
        ),
        is_for_type=row["missing_reason_id"] != "not_for_this_trust_type",
        value=value,
        median=median,
        place=place,
    )


def _value(row: Row) -> str:
    if row["value"] is not None:
        return amount(row["value"], row["unit_label"])
    return row["value_label"] or ""
