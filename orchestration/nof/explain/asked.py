"""What is asked of a release about an organisation that is scored: one query for each table."""

from nof.explain.reading import Query, rows_of_table

# How many of the same ranked part stand before the trust, and how many share its rank.
POOL_PLACES = Query(
    """
    select
        mine.trust_code,
        mine.metric_id,
        count(*) filter (where other.pool_rank < mine.pool_rank) as before_count,
        count(*) filter (where other.pool_rank = mine.pool_rank) - 1 as tied_count
    from publication.fct_metric as mine
    inner join publication.fct_metric as other
        on
            mine.framework_id = other.framework_id
            and mine.quarter_id = other.quarter_id
            and mine.metric_id = other.metric_id
            and mine.pool_partition_id = other.pool_partition_id
    where
        mine.framework_id = ? and mine.quarter_id = ?
        and mine.pool_rank is not null and other.pool_rank is not null
    group by mine.trust_code, mine.metric_id
    """,
    key="trust_code",
    order_by="metric_id",
)
LEAGUE_PLACE = Query(
    """
    select
        mine.trust_code,
        count(*) filter (where other.adjusted_segment < mine.adjusted_segment) as better_segment_count,
        count(*) filter (
            where other.adjusted_segment = mine.adjusted_segment
            and other.average_metric_score < mine.average_metric_score
        ) as better_score_count,
        count(*) filter (
            where other.adjusted_segment = mine.adjusted_segment
            and other.average_metric_score = mine.average_metric_score
        ) - 1 as tied_count
    from publication.fct_segment as mine
    inner join publication.fct_segment as other
        on
            mine.framework_id = other.framework_id
            and mine.quarter_id = other.quarter_id
            and mine.trust_type_id = other.trust_type_id
    where mine.framework_id = ? and mine.quarter_id = ?
    group by mine.trust_code
    """,
    key="trust_code",
    order_by="trust_code",
)
# The grid of an adopted score is that of the quarter it was published for: no size is known of one to come.
METRICS = Query(
    """
    select fct_metric.*, dim_metric.metric_label, dim_metric.unit_label as metric_unit_label,
        dim_metric.polarity, dim_metric.pool_label,
        dim_metric.threshold_comparator, grids.grid_pool_size
    from publication.fct_metric
    inner join publication.dim_metric using (framework_id, metric_id)
    left join (
        select framework_id, trust_code, metric_id, quarter_id as score_quarter_id,
            expected_pool_size as grid_pool_size
        from publication.fct_metric
    ) as grids using (framework_id, trust_code, metric_id, score_quarter_id)
    where framework_id = ? and quarter_id = ?
    """,
    key="trust_code",
    order_by="domain_id, metric_id",
)
DOMAINS = Query(
    """
    select fct_domain.*, dim_domain.domain_label, dim_domain.display_order
    from publication.fct_domain
    inner join publication.dim_domain using (framework_id, domain_id)
    where framework_id = ? and quarter_id = ?
    """,
    key="trust_code",
    order_by="display_order",
)
CORE_VALUES = Query(
    """
    select metric_id, trust_code, trust_type_id, value is not null as has_value
    from publication.fct_metric
    where framework_id = ? and quarter_id = ?
    """,
    key="trust_type_id",
    order_by="metric_id, trust_code",
)
SEGMENT = rows_of_table("fct_segment", "trust_code")
COMPLETENESS = rows_of_table("fct_completeness", "trust_type_id", key="trust_type_id")
CUT_POINTS = rows_of_table("fct_cut_point", "score_id, segment", key="cut_partition_id")
RECONCILIATION = rows_of_table("fct_reconciliation", "figure_kind, measure_id")
AGES = rows_of_table("fct_data_age", "metric_id")
