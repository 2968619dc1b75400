"""What the pages of metrics read: newest values of each type, benchmarks, pools, periods, source values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nof.explain.rows import Row
from nof.site.released import Released

# Scored and contextual metrics have tables of their own with the same columns where they mean the same.
_CELLS = """
    select
        'fct_metric' as table_name, quarter_id, trust_code, metric_id, trust_type_id, cell_status as status,
        missing_reason, value, value_label, value_origin, unit_label, reporting_period_label,
        lower_quartile_value, median_value, upper_quartile_value,
        benchmark_trust_count as benchmark_count, benchmark_basis, value_rank, metric_score, score_basis,
        threshold_kind, is_threshold_met, file_id, row_number, score_file_id, score_row_number,
        status_file_id, status_row_number, months_in_hand, months_expected
    from fct_metric
    union all
    select
        'fct_context', quarter_id, trust_code, metric_id, trust_type_id, context_status,
        missing_reason, value, value_label, null, unit_label, reporting_period_label,
        lower_quartile_value, median_value, upper_quartile_value,
        benchmark_organisation_count, benchmark_basis, value_rank, null, null,
        null, null, file_id, row_number, null, null,
        status_file_id, status_row_number, null, null
    from fct_context
"""
_NEWEST = f"""
    with cells as ({_CELLS}),
    newest as (
        select metric_id, trust_type_id, max(quarter_id) as quarter_id
        from cells
        where value is not null or value_label is not null or metric_score is not null
        group by metric_id, trust_type_id
    ),
    present as (
        select metric_id, trust_type_id, max(quarter_id) as quarter_id
        from cells
        group by metric_id, trust_type_id
    )
    select cells.*
    from cells
    inner join present using (metric_id, trust_type_id)
    left join newest
        on cells.metric_id = newest.metric_id and cells.trust_type_id = newest.trust_type_id
    where cells.quarter_id = coalesce(newest.quarter_id, present.quarter_id)
    order by cells.metric_id, cells.trust_code
"""
_BENCHMARKS = f"""
    select distinct
        metric_id, trust_type_id, quarter_id, table_name, lower_quartile_value, median_value,
        upper_quartile_value, benchmark_count, benchmark_basis
    from ({_CELLS}) as cells
    where median_value is not null
    order by metric_id, trust_type_id, quarter_id
"""
_POOLS = """
    select
        metric_id, quarter_id, pool_partition_id, max(pool_size) as pool_size,
        max(ranked_count) as ranked_count, max(expected_pool_size) as expected_pool_size,
        bool_and(is_pool_complete) as is_pool_complete
    from fct_metric
    where pool_size is not null
    group by all
    order by metric_id, quarter_id, pool_partition_id
"""
_AGES = """
    select
        metric_id, trust_type_id, quarter_id, reporting_period_label, age_status, period_start_date,
        period_end_date, age_days_at_quarter_end, count(*) as trust_count
    from fct_data_age
    where reporting_period_label is not null
    group by all
    order by metric_id, trust_type_id, quarter_id, trust_count desc, reporting_period_label
"""
_SOURCES = """
    select metric_id, quarter_id, trust_type_id, agreement, count(*) as figure_count
    from fct_source_value
    where metric_id is not null
    group by all
    order by metric_id, quarter_id, trust_type_id nulls last, agreement
"""
_LATEST = "select * from fct_latest_period order by metric_id, trust_type_id, quarter_id"


@dataclass(frozen=True)
class MetricRows:
    """Rows about one metric.

    Attributes:
        cells: trusts of the newest quarter of each type with a figure, the not applicable ones among them.
        benchmarks: of every quarter and type.
        pools: of every quarter and partition.
        ages: periods as published, by type and quarter.
        latest: rows of fct_latest_period.
        sources: counts of agreement with source publications.
    """

    cells: Sequence[Row]
    benchmarks: Sequence[Row]
    pools: Sequence[Row]
    ages: Sequence[Row]
    latest: Sequence[Row]
    sources: Sequence[Row]


def read_metrics(released: Released) -> Mapping[str, MetricRows]:
    """Every metric of the catalogue with its rows, each table read once."""
    read = {
        name: _grouped(released.rows(query))
        for name, query in (
            ("cells", _NEWEST),
            ("benchmarks", _BENCHMARKS),
            ("pools", _POOLS),
            ("ages", _AGES),
            ("latest", _LATEST),
            ("sources", _SOURCES),
        )
    }
    return {
        metric_id: MetricRows(**{name: groups.get(metric_id, ()) for name, groups in read.items()})
        for metric_id in released.metrics
    }


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["metric_id"], []).append(row)
    return groups
