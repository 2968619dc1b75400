with metric_values as (
    select * from {{ ref('metric_values') }}
    where quarter_id = {{ newest_quarter() }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

segments as (
    select * from {{ ref('segments') }}
),

next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

metric_weights as (
    select * from {{ ref('metric_weights') }}
),

movable_pools as (
    select * from {{ ref('movable_pools') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

matrix_parts as (
    select distinct
        framework_id,
        metric_id,
        row_metric_id as part_metric_id,
        column_metric_id as other_metric_id
    from {{ ref('matrix_cells') }}
    union
    select distinct
        framework_id,
        metric_id,
        column_metric_id as part_metric_id,
        row_metric_id as other_metric_id
    from {{ ref('matrix_cells') }}
),

sufficient_moves as (
    select * from {{ ref('sufficient_moves') }}
),

directions as (
    select 'better' as direction
    union all
    select 'worse' as direction
),

gathered as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        directions.direction,
        metric_values.trust_type_id,
        metric_values.cell_status,
        metric_values.value_number,
        metric_values.value_label,
        metric_scores.metric_score,
        movable_pools.metric_id is not null as is_pool_movable,
        metrics.value_kind,
        scoring_families.has_ranked_part,
        segments.unadjusted_segment,
        next_boundaries.boundary,
        next_boundaries.score as average_metric_score,
        next_boundaries.cut_point,
        next_boundaries.cut_point_basis,
        matrix_parts.metric_id as matrix_metric_id,
        metric_weights.metric_weight,
        other_scores.metric_score as other_part_score,
        sufficient_moves.move_size
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    inner join segments
        on
            metric_values.framework_id = segments.framework_id
            and metric_values.quarter_id = segments.quarter_id
            and metric_values.trust_code = segments.trust_code
    cross join directions
    left join metric_scores
        on
            metric_values.framework_id = metric_scores.framework_id
            and metric_values.quarter_id = metric_scores.quarter_id
            and metric_values.trust_code = metric_scores.trust_code
            and metric_values.metric_id = metric_scores.metric_id
    left join movable_pools
        on
            metric_scores.framework_id = movable_pools.framework_id
            and metric_scores.quarter_id = movable_pools.quarter_id
            and metric_scores.metric_id = movable_pools.metric_id
            and metric_scores.pool_partition_id = movable_pools.pool_partition_id
    left join next_boundaries
        on
            metric_values.framework_id = next_boundaries.framework_id
            and metric_values.quarter_id = next_boundaries.quarter_id
            and metric_values.trust_code = next_boundaries.trust_code
            and directions.direction = next_boundaries.direction
    left join matrix_parts
        on
            metric_values.framework_id = matrix_parts.framework_id
            and metric_values.metric_id = matrix_parts.part_metric_id
    left join metric_weights
        on
            metric_values.framework_id = metric_weights.framework_id
            and metric_values.quarter_id = metric_weights.quarter_id
            and metric_values.trust_code = metric_weights.trust_code
            and coalesce(matrix_parts.metric_id, metric_values.metric_id) = metric_weights.metric_id
    left join metric_scores as other_scores
        on
            metric_values.framework_id = other_scores.framework_id
            and metric_values.quarter_id = other_scores.quarter_id
            and metric_values.trust_code = other_scores.trust_code
            and matrix_parts.other_metric_id = other_scores.metric_id
    left join sufficient_moves
        on
            metric_values.framework_id = sufficient_moves.framework_id
            and metric_values.quarter_id = sufficient_moves.quarter_id
            and metric_values.trust_code = sufficient_moves.trust_code
            and metric_values.metric_id = sufficient_moves.metric_id
            and directions.direction = sufficient_moves.direction
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        trust_type_id,
        case
            when unadjusted_segment is null then 'no_segment'
            when cell_status <> 'scored' then 'not_scored'
            when boundary is null and direction = 'better' then 'already_best'
            when boundary is null then 'already_worst'
            when value_kind = 'none' then 'moved_through_parts'
            when value_kind = 'number' and value_number is null then 'no_value_in_hand'
            when matrix_metric_id is not null and other_part_score is null then 'part_missing'
            when metric_weight is null then 'not_in_average'
            when has_ranked_part and not is_pool_movable then 'pool_incomplete'
            when move_size > 0 then 'distance'
            when move_size = 0 then 'reranking_suffices'
            else 'no_value_suffices'
        end as distance_status,
        unadjusted_segment,
        boundary,
        average_metric_score,
        cut_point,
        cut_point_basis,
        value_number,
        value_label,
        metric_score
    from gathered
)

select * from final
