"""The data file of a trust: every figure of its page on a row of its own."""

from collections.abc import Iterable, Iterator, Sequence

from nof.explain.rows import Row
from nof.site.model import DataFile
from nof.site.trust.read import TrustRead

HEADER = ("trust_code", "quarter_id", "table", "metric_id", "domain_id", "item", "column", "figure")
Line = tuple[object, ...]
_SEGMENT = (
    "delivery_status", "average_metric_score", "average_basis", "average_score_rank", "metrics_counted",
    "weight_units_counted", "unadjusted_segment", "segment_basis", "has_financial_override",
    "override_basis", "adjusted_segment", "final_segment", "final_segment_basis",
    "is_in_improvement_programme", "league_rank", "league_trust_count", "league_rank_basis",
)  # fmt: skip
_RANGE = ("score_low", "score_high", "rank_low", "rank_high")
_DOMAIN = ("domain_status", "domain_score", "domain_score_basis", "domain_score_rank", "domain_segment")
_METRIC = (
    "cell_status", "missing_reason_id", "value", "value_label", "unit_label", "reporting_period_label",
    "lower_quartile_value", "median_value", "upper_quartile_value", "benchmark_basis", "metric_score",
    "score_basis", "pool_rank", "ranked_count", "value_rank", "value_rank_count", "threshold_kind",
    "threshold", "is_threshold_met", "file_id", "row_number",
)  # fmt: skip
_CONTRIBUTION = (
    "contribution_status", "metric_weight", "part_of_average", "peer_median_score",
    "distance_from_peer_median", "is_holding", "is_carrying",
)  # fmt: skip
_AVERAGE_DISTANCE = ("distance_status", "next_segment", "needed_average", "needed_change")
_METRIC_DISTANCE = ("distance_status", "reached_segment", "needed_value", "needed_label", "average_then")
_STABILITY = (
    "case_count", "compared_case_count", "same_segment_case_count", "best_segment", "worst_segment",
    "best_rank", "worst_rank",
)  # fmt: skip
_TARGET = ("target_status", "target_value", "gap_to_target", "is_on_target")
_CONTEXT = ("context_status", "value", "value_label", "median_value", "file_id", "row_number")


def data_file(read: TrustRead) -> DataFile:
    """The file of a trust."""
    return DataFile(data_path(read.trust.trust_code), HEADER, tuple(_lines(read)))


def data_path(trust_code: str) -> str:
    """Where it stands."""
    return f"data/trust-{trust_code}.csv"


def _lines(read: TrustRead) -> Iterator[Line]:
    facts, beside = read.facts, read.facts.beside
    yield from _of("fct_segment", read.quarters, _SEGMENT)
    yield from _of("fct_likely_range", read.quarters, _RANGE)
    yield from _of("fct_domain", read.domains, _DOMAIN)
    yield from _of("fct_likely_range", read.domains, _RANGE)
    yield from _of("fct_metric", facts.metrics, _METRIC)
    earlier = [row for row in read.values if row["quarter_id"] != read.trust.quarter_id]
    yield from _of("fct_metric", earlier, ("value", "value_label", "metric_score"))
    yield from _of("fct_data_age", facts.ages, ("period_end_date", "age_days_at_quarter_end"))
    yield from _of("fct_contribution", read.contributions, _CONTRIBUTION)
    yield from _of("fct_average_distance", read.average_distances.values(), _AVERAGE_DISTANCE, "direction")
    told = [row for row in read.metric_distances if row["reached_segment"] is not None]
    yield from _of("fct_segment_distance", told, _METRIC_DISTANCE, "direction")
    if read.why is not None:
        movement = ("movement_status", "score_change", "segment_change", "main_cause_id")
        yield from _of("fct_segment_movement", [read.why.movement], movement)
        yield from _of("fct_score_movement", read.why.parts, ("score_effect",), "part_id")
    yield from _of(
        "fct_segment_probability",
        [
            row | {"item": f"{row['measure_id']} segment {row['segment']}"}
            for row in map(dict, read.probabilities)
        ],
        ("segment_probability",),
        "item",
    )
    yield from _of("fct_stability", [read.stability] if read.stability else [], _STABILITY)
    yield from _of("fct_response", beside.responses, ("outcome", "trigger_value", "basis"), "consequence_id")
    yield from _of("fct_target", beside.targets, _TARGET, "target_id")
    yield from _of("fct_context", beside.context, _CONTEXT)
    yield from _of("fct_capability", beside.ratings, ("rating_status", "rating_label"), "subject_id")
    yield from _of("fct_reconciliation", read.reconciled, ("figure_count",), "explanation", read)


def _of(
    table: str, rows: Iterable[Row], columns: Sequence[str], item: str = "", read: TrustRead | None = None
) -> Iterator[Line]:
    """A line for each figure; an empty cell is no figure and has none."""
    for row in rows:
        quarter_id = read.trust.quarter_id if read else row["quarter_id"]
        for column in columns:
            if row[column] is not None:
                yield (
                    row["trust_code"], quarter_id, table, row.get("metric_id"), row.get("domain_id"),
                    row[item] if item else None, column, row[column],
                )  # fmt: skip
