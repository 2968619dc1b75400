with metric_values as (
    select * from {{ ref('metric_values') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

value_scores as (
    select * from {{ ref('value_scores') }}
),

matrix_scores as (
    select * from {{ ref('matrix_scores') }}
),

rounded_scores as (
    select * from {{ ref('rounded_scores') }}
),

-- A matrix metric looks its parts up; only where they are not in hand is its published score adopted,
-- which value_scores has done. A cell that is not scored has neither.
scored as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.score_id,
        metric_values.trust_type_id,
        metric_values.domain_id,
        metric_values.cell_status,
        metrics.scoring_family,
        metrics.enters_average,
        metrics.weight_group_id,
        coalesce(matrix_scores.metric_score, value_scores.metric_score) as metric_score,
        coalesce(matrix_scores.score_basis, value_scores.score_basis) as score_basis,
        matrix_scores.metric_score is null and coalesce(value_scores.is_grid_restored, false)
            as is_grid_restored,
        matrix_scores.metric_score is not null or coalesce(value_scores.is_fixed_part, false) as is_fixed_part,
        value_scores.threshold_kind,
        value_scores.threshold,
        value_scores.is_threshold_met,
        metrics.pool_id,
        value_scores.pool_partition_id,
        value_scores.pool_rank,
        value_scores.ranked_count,
        value_scores.pool_size,
        value_scores.expected_pool_size,
        value_scores.is_pool_complete,
        value_scores.rank_origin,
        metric_values.published_score,
        coalesce(rounded_scores.is_rounded_before_averaging, false) as is_rounded_before_averaging
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    left join value_scores
        on
            metric_values.framework_id = value_scores.framework_id
            and metric_values.quarter_id = value_scores.quarter_id
            and metric_values.trust_code = value_scores.trust_code
            and metric_values.metric_id = value_scores.metric_id
    left join matrix_scores
        on
            metric_values.framework_id = matrix_scores.framework_id
            and metric_values.quarter_id = matrix_scores.quarter_id
            and metric_values.trust_code = matrix_scores.trust_code
            and metric_values.metric_id = matrix_scores.metric_id
    left join rounded_scores
        on
            metric_values.framework_id = rounded_scores.framework_id
            and metric_values.quarter_id = rounded_scores.quarter_id
            and metric_values.metric_id = rounded_scores.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        score_id,
        trust_type_id,
        domain_id,
        cell_status,
        scoring_family,
        metric_score,
        cast({{ round_half_up('metric_score') }} as decimal(6, 2)) as metric_score_rounded,
        case
            when is_rounded_before_averaging then {{ exact_score(round_half_up('metric_score')) }}
            else metric_score
        end as averaged_score,
        score_basis,
        is_grid_restored,
        is_fixed_part,
        threshold_kind,
        threshold,
        is_threshold_met,
        pool_id,
        pool_partition_id,
        pool_rank,
        ranked_count,
        pool_size,
        expected_pool_size,
        is_pool_complete,
        rank_origin,
        published_score,
        enters_average,
        weight_group_id,
        is_rounded_before_averaging
    from scored
)

select * from final
