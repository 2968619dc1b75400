with score_movements as (
    select * from {{ ref('score_movements') }}
),

metric_movements as (
    select * from {{ ref('metric_movements') }}
),

score_shifts as (
    select * from {{ ref('score_shifts') }}
),

average_movements as (
    select * from {{ ref('average_movements') }}
)

select
    score_movements.framework_id,
    score_movements.quarter_id,
    score_movements.trust_code,
    score_movements.part_id,
    score_movements.measure_id,
    score_movements.metric_id,
    average_movements.earlier_quarter_id,
    average_movements.trust_type_id,
    score_movements.part_label,
    score_movements.size_order,
    score_movements.score_effect,
    score_movements.is_of_unrounded,
    score_movements.movement_basis,
    cast(metric_movements.value_before as decimal(18, 4)) as value_before,
    cast(metric_movements.value_now as decimal(18, 4)) as value_now,
    metric_movements.value_label_before,
    metric_movements.value_label_now,
    metric_movements.averaged_score_before as metric_score_before,
    metric_movements.averaged_score_now as metric_score_now,
    metric_movements.weight_before,
    metric_movements.weight_now,
    metric_movements.pool_rank_before,
    score_shifts.new_place_at_old_pool as pool_rank_own,
    metric_movements.pool_rank_now,
    metric_movements.ranked_count_before,
    metric_movements.ranked_count_now
from score_movements
inner join average_movements
    on
        score_movements.framework_id = average_movements.framework_id
        and score_movements.quarter_id = average_movements.quarter_id
        and score_movements.trust_code = average_movements.trust_code
left join metric_movements
    on
        score_movements.framework_id = metric_movements.framework_id
        and score_movements.quarter_id = metric_movements.quarter_id
        and score_movements.trust_code = metric_movements.trust_code
        and score_movements.metric_id = metric_movements.metric_id
left join score_shifts
    on
        score_movements.framework_id = score_shifts.framework_id
        and score_movements.quarter_id = score_shifts.quarter_id
        and score_movements.trust_code = score_shifts.trust_code
        and score_movements.metric_id = score_shifts.metric_id
