-- Parts of the score to the change of the average, unrounded and with two decimals; steps of the segment to the change
-- of the adjusted segment. What the last decimal takes up is no more than the rounding of quotients can leave.
with average_movements as (
    select * from {{ ref('average_movements') }}
    where score_status = 'compared'
),

score_movements as (
    select * from {{ ref('score_movements') }}
),

metric_part_effects as (
    select * from {{ ref('metric_part_effects') }}
),

segment_pairs as (
    select * from {{ ref('segment_pairs') }}
    where movement_status = 'compared'
),

segment_steps as (
    select * from {{ ref('segment_steps') }}
),

parts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        sum(case when is_of_unrounded then score_effect else 0 end) as unrounded_effect,
        sum(score_effect) as whole_effect
    from score_movements
    group by framework_id, quarter_id, trust_code
),

unsettled as (
    select
        framework_id,
        quarter_id,
        trust_code,
        sum(effect) as effect,
        count(*) as effect_count
    from metric_part_effects
    group by framework_id, quarter_id, trust_code
),

steps as (
    select
        framework_id,
        quarter_id,
        trust_code,
        sum(segment_steps) as segment_steps
    from segment_steps
    group by framework_id, quarter_id, trust_code
)

select
    average_movements.quarter_id,
    average_movements.trust_code,
    'score' as sum_of
from average_movements
left join parts
    on
        average_movements.framework_id = parts.framework_id
        and average_movements.quarter_id = parts.quarter_id
        and average_movements.trust_code = parts.trust_code
left join unsettled
    on
        average_movements.framework_id = unsettled.framework_id
        and average_movements.quarter_id = unsettled.quarter_id
        and average_movements.trust_code = unsettled.trust_code
where
    not coalesce(
        parts.unrounded_effect
        = average_movements.average_now_unrounded - average_movements.average_before_unrounded
        and parts.whole_effect = average_movements.average_now - average_movements.average_before_as_released
        and abs(parts.unrounded_effect - unsettled.effect) * 1000000000000 <= unsettled.effect_count,
        false
    )
union all
select
    segment_pairs.quarter_id,
    segment_pairs.trust_code,
    'segment' as sum_of
from segment_pairs
left join steps
    on
        segment_pairs.framework_id = steps.framework_id
        and segment_pairs.quarter_id = steps.quarter_id
        and segment_pairs.trust_code = steps.trust_code
where
    not coalesce(
        steps.segment_steps
        = segment_pairs.adjusted_segment_now - segment_pairs.adjusted_segment_before_as_released,
        false
    )
