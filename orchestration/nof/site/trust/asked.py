"""What a page about one trust asks of a release, besides what its explanation does."""

from nof.explain.reading import Query, rows_of_table


def _of_every_quarter(body: str, order_by: str) -> Query:
    return Query(body, "trust_code", order_by, is_of_quarter=False)


_RANGE_OF_AVERAGE = """
    left join fct_likely_range as ranges
        on
            segments.framework_id = ranges.framework_id
            and segments.quarter_id = ranges.quarter_id
            and segments.trust_code = ranges.trust_code
            and ranges.score_id in (
                select measure_id from method_summary_measures
                where measure_role = 'average_metric_score' and framework_id = ranges.framework_id
            )
"""
# Average, segments and rank of each quarter, with their likely ranges.
QUARTERS = _of_every_quarter(
    f"""
    select segments.*, ranges.range_status, ranges.score_low, ranges.score_high, ranges.rank_low,
        ranges.rank_high, ranges.draw_count, ranges.unit_count
    from fct_segment as segments
    {_RANGE_OF_AVERAGE}
    where segments.framework_id = ?
    """,
    "quarter_id",
)
DOMAINS = _of_every_quarter(
    """
    select domains.*, labels.domain_label, labels.display_order, ranges.score_low, ranges.score_high,
        ranges.rank_low, ranges.rank_high
    from fct_domain as domains
    inner join dim_domain as labels
        on domains.framework_id = labels.framework_id and domains.domain_id = labels.domain_id
    left join fct_likely_range as ranges
        on
            domains.framework_id = ranges.framework_id
            and domains.quarter_id = ranges.quarter_id
            and domains.trust_code = ranges.trust_code
            and domains.domain_id = ranges.score_id
    where domains.framework_id = ?
    """,
    "display_order, quarter_id",
)
VALUES = _of_every_quarter(
    """
    select trust_code, quarter_id, metric_id, cell_status, value, value_label, metric_score
    from fct_metric
    where framework_id = ?
    """,
    "metric_id, quarter_id",
)
REVISIONS = _of_every_quarter(
    """
    select revisions.*, metrics.metric_label
    from fct_revision as revisions
    left join dim_metric as metrics
        on
            revisions.framework_id = metrics.framework_id
            and revisions.measure_id in (metrics.metric_id, metrics.score_id)
    where revisions.framework_id = ?
    """,
    "quarter_id desc, revision_source, measure_id, figure_kind, unit_label, version_number",
)
CONTRIBUTIONS = rows_of_table("fct_contribution", "distance_from_peer_median desc nulls last, metric_id")
AVERAGE_DISTANCES = rows_of_table("fct_average_distance", "direction")
METRIC_DISTANCES = rows_of_table("fct_segment_distance", "direction, share_moved nulls last, metric_id")
PROBABILITIES = rows_of_table("fct_segment_probability", "measure_id, segment")
STABILITY = rows_of_table("fct_stability", "trust_code")
RECONCILED = Query(
    """
    select trust_code, explanation, count(*) as figure_count
    from fct_reconciliation
    where framework_id = ? and quarter_id = ?
    group by trust_code, explanation
    """,
    key="trust_code",
    order_by="explanation",
)
# The nearest by context; a trust is not among its own.
NEIGHBOURS = Query(
    """
    select group_id, trust_code, neighbour_order, shared_metrics, distance
    from fct_peer_member
    where framework_id = ? and quarter_id = ? and grouping_id = 'context_neighbours' and neighbour_order > 0
    """,
    key="group_id",
    order_by="neighbour_order",
)
