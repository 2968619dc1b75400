with metric_values as (
    select * from {{ ref('metric_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
),

missing_reasons as (
    select * from {{ ref('missing_reasons') }}
)

select
    metric_values.framework_id,
    metric_values.quarter_id,
    metric_values.trust_code,
    metric_values.metric_id,
    metric_values.score_id,
    metric_values.trust_type_id,
    metric_values.domain_id,
    metric_values.cell_status,
    metric_values.missing_reason_id,
    missing_reasons.meaning as missing_reason,
    metric_values.status_file_id,
    metric_values.status_row_number,
    cast(metric_values.value_number as decimal(18, 4)) as value,
    metric_values.value_label,
    metric_values.value_origin,
    metric_values.unit_label,
    metric_values.reporting_period_label,
    benchmarks.lower_quartile_value,
    benchmarks.median_value,
    benchmarks.upper_quartile_value,
    benchmarks.trusts_counted as benchmark_trust_count,
    benchmarks.benchmark_basis,
    value_ranks.value_rank,
    value_ranks.trusts_ranked as value_rank_count,
    value_ranks.value_rank_origin,
    metric_scores.metric_score as metric_score_unrounded,
    metric_scores.metric_score_rounded as metric_score,
    metric_scores.score_basis,
    metric_scores.is_grid_restored,
    metric_scores.scoring_family,
    metric_scores.is_fixed_part,
    metric_scores.threshold_kind,
    cast(metric_scores.threshold as decimal(18, 4)) as threshold,
    metric_scores.is_threshold_met,
    metric_scores.pool_id,
    metric_scores.pool_partition_id,
    metric_scores.pool_rank,
    metric_scores.rank_origin,
    metric_scores.ranked_count,
    metric_scores.pool_size,
    metric_scores.expected_pool_size,
    metric_scores.is_pool_complete,
    metric_scores.enters_average,
    metric_scores.weight_group_id,
    metric_scores.is_rounded_before_averaging,
    cast(metric_scores.published_score as decimal(6, 2)) as published_score,
    metric_values.file_id,
    metric_values.row_number,
    metric_values.score_file_id,
    metric_values.score_row_number,
    metric_values.value_quarter_id,
    metric_values.months_in_hand,
    metric_values.months_expected,
    metric_values.score_quarter_id
from metric_values
inner join metric_scores
    on
        metric_values.framework_id = metric_scores.framework_id
        and metric_values.quarter_id = metric_scores.quarter_id
        and metric_values.trust_code = metric_scores.trust_code
        and metric_values.metric_id = metric_scores.metric_id
left join missing_reasons
    on metric_values.missing_reason_id = missing_reasons.missing_reason_id
left join value_ranks
    on
        metric_values.framework_id = value_ranks.framework_id
        and metric_values.quarter_id = value_ranks.quarter_id
        and metric_values.trust_code = value_ranks.trust_code
        and metric_values.metric_id = value_ranks.metric_id
left join benchmarks
    on
        metric_values.framework_id = benchmarks.framework_id
        and metric_values.quarter_id = benchmarks.quarter_id
        and metric_values.trust_type_id = benchmarks.trust_type_id
        and metric_values.metric_id = benchmarks.metric_id
