with average_movements as (
    select * from {{ ref('average_movements') }}
),

segment_pairs as (
    select * from {{ ref('segment_pairs') }}
),

segment_steps as (
    select * from {{ ref('segment_steps') }}
),

score_movements as (
    select * from {{ ref('score_movements') }}
),

movement_causes as (
    select * from {{ ref('movement_causes') }}
),

walked as (
    select
        framework_id,
        quarter_id,
        trust_code,
        sum(case when cause_id = 'restated' then segment_steps end) as restated_steps,
        sum(case when cause_id = 'method_since_release' then segment_steps end) as method_since_release_steps,
        sum(case when cause_id = 'own' then segment_steps end) as own_steps,
        sum(case when cause_id = 'own_or_pool' then segment_steps end) as own_or_pool_steps,
        sum(case when cause_id = 'metric_set' then segment_steps end) as metric_set_steps,
        sum(case when cause_id = 'pool' then segment_steps end) as pool_steps,
        sum(case when cause_id = 'method' then segment_steps end) as method_steps,
        sum(case when cause_id = 'cut_points' then segment_steps end) as cut_points_steps,
        sum(case when cause_id = 'override' then segment_steps end) as override_steps,
        sum(case when cause_id = 'system' then segment_steps end) as system_steps,
        sum(case when segment_steps <> 0 then 1 else 0 end) as steps_that_moved_it,
        max(case when cause_id = 'method' then unadjusted_segment end) as unadjusted_segment_at_old_cut_points
    from segment_steps
    group by framework_id, quarter_id, trust_code
),

-- The part that did most of what the average did; what worked against it is none of its causes.
first_parts as (
    select
        score_movements.framework_id,
        score_movements.quarter_id,
        score_movements.trust_code,
        min(score_movements.size_order) as size_order
    from score_movements
    inner join average_movements
        on
            score_movements.framework_id = average_movements.framework_id
            and score_movements.quarter_id = average_movements.quarter_id
            and score_movements.trust_code = average_movements.trust_code
    where
        score_movements.part_id <> 'rounding'
        and score_movements.score_effect
        * (average_movements.average_now - average_movements.average_before_as_released) > 0
    group by score_movements.framework_id, score_movements.quarter_id, score_movements.trust_code
),

largest_parts as (
    select
        score_movements.framework_id,
        score_movements.quarter_id,
        score_movements.trust_code,
        score_movements.part_id,
        score_movements.metric_id,
        score_movements.score_effect
    from score_movements
    inner join first_parts
        on
            score_movements.framework_id = first_parts.framework_id
            and score_movements.quarter_id = first_parts.quarter_id
            and score_movements.trust_code = first_parts.trust_code
            and score_movements.size_order = first_parts.size_order
),

-- The same of the segment; of two equal steps the first on the way.
steps_with_the_change as (
    select
        segment_steps.framework_id,
        segment_steps.quarter_id,
        segment_steps.trust_code,
        segment_steps.step_order,
        abs(segment_steps.segment_steps) as size
    from segment_steps
    inner join segment_pairs
        on
            segment_steps.framework_id = segment_pairs.framework_id
            and segment_steps.quarter_id = segment_pairs.quarter_id
            and segment_steps.trust_code = segment_pairs.trust_code
    where
        segment_steps.segment_steps
        * (segment_pairs.adjusted_segment_now - segment_pairs.adjusted_segment_before_as_released) > 0
),

largest_sizes as (
    select
        framework_id,
        quarter_id,
        trust_code,
        max(size) as size
    from steps_with_the_change
    group by framework_id, quarter_id, trust_code
),

largest_steps as (
    select
        steps_with_the_change.framework_id,
        steps_with_the_change.quarter_id,
        steps_with_the_change.trust_code,
        min(steps_with_the_change.step_order) as step_order
    from steps_with_the_change
    inner join largest_sizes
        on
            steps_with_the_change.framework_id = largest_sizes.framework_id
            and steps_with_the_change.quarter_id = largest_sizes.quarter_id
            and steps_with_the_change.trust_code = largest_sizes.trust_code
            and steps_with_the_change.size = largest_sizes.size
    group by
        steps_with_the_change.framework_id,
        steps_with_the_change.quarter_id,
        steps_with_the_change.trust_code
),

judged as (
    select
        segment_pairs.framework_id,
        segment_pairs.quarter_id,
        segment_pairs.trust_code,
        segment_pairs.movement_status,
        segment_pairs.unadjusted_segment_before,
        walked.unadjusted_segment_at_old_cut_points,
        segment_pairs.unadjusted_segment_now,
        segment_pairs.has_financial_override_before,
        segment_pairs.has_financial_override_now,
        segment_pairs.adjusted_segment_before_as_released,
        segment_pairs.adjusted_segment_before,
        segment_pairs.adjusted_segment_now,
        segment_pairs.adjusted_segment_now - segment_pairs.adjusted_segment_before_as_released as segment_change,
        cast(walked.restated_steps as bigint) as restated_steps,
        cast(walked.method_since_release_steps as bigint) as method_since_release_steps,
        cast(walked.own_steps as bigint) as own_steps,
        cast(walked.own_or_pool_steps as bigint) as own_or_pool_steps,
        cast(walked.metric_set_steps as bigint) as metric_set_steps,
        cast(walked.pool_steps as bigint) as pool_steps,
        cast(walked.method_steps as bigint) as method_steps,
        cast(walked.cut_points_steps as bigint) as cut_points_steps,
        cast(walked.override_steps as bigint) as override_steps,
        cast(walked.system_steps as bigint) as system_steps,
        walked.steps_that_moved_it,
        case
            when segment_pairs.movement_status <> 'compared' then null
            when causes_of_steps.cause_id is not null then causes_of_steps.cause_id
            when walked.steps_that_moved_it > 0 then 'cancelled_out'
            when segment_pairs.unadjusted_segment_before = segment_pairs.unadjusted_segment_now then 'unchanged'
            when segment_pairs.has_financial_override_before or segment_pairs.has_financial_override_now
                then 'held_by_override'
            else 'held_at_worst'
        end as main_cause_id,
        segment_pairs.movement_basis
    from segment_pairs
    left join walked
        on
            segment_pairs.framework_id = walked.framework_id
            and segment_pairs.quarter_id = walked.quarter_id
            and segment_pairs.trust_code = walked.trust_code
    left join largest_steps
        on
            segment_pairs.framework_id = largest_steps.framework_id
            and segment_pairs.quarter_id = largest_steps.quarter_id
            and segment_pairs.trust_code = largest_steps.trust_code
    left join movement_causes as causes_of_steps
        on largest_steps.step_order = causes_of_steps.step_order
),

final as (
    select
        judged.framework_id,
        judged.quarter_id,
        judged.trust_code,
        average_movements.earlier_quarter_id,
        average_movements.trust_type_id,
        judged.movement_status,
        average_movements.average_before_as_released,
        average_movements.average_before,
        average_movements.average_now,
        average_movements.average_now - average_movements.average_before_as_released as score_change,
        average_movements.average_before_unrounded,
        average_movements.average_now_unrounded,
        case
            when average_movements.score_status = 'compared'
                then {{ exact_score(
                    'average_movements.average_now_unrounded - average_movements.average_before_unrounded'
                ) }}
        end as score_change_unrounded,
        average_movements.movement_basis as score_basis,
        largest_parts.part_id as largest_part_id,
        largest_parts.metric_id as largest_part_metric_id,
        largest_parts.score_effect as largest_part_effect,
        judged.unadjusted_segment_before,
        judged.unadjusted_segment_at_old_cut_points,
        judged.unadjusted_segment_now,
        judged.has_financial_override_before,
        judged.has_financial_override_now,
        judged.adjusted_segment_before_as_released,
        judged.adjusted_segment_before,
        judged.adjusted_segment_now,
        judged.segment_change,
        judged.restated_steps,
        judged.method_since_release_steps,
        judged.own_steps,
        judged.own_or_pool_steps,
        judged.metric_set_steps,
        judged.pool_steps,
        judged.method_steps,
        judged.cut_points_steps,
        judged.override_steps,
        judged.system_steps,
        judged.main_cause_id,
        movement_causes.cause_label as main_cause_label,
        case
            when judged.main_cause_id is null or judged.segment_change = 0 then null
            else judged.steps_that_moved_it = 1
        end as is_only_cause,
        judged.movement_basis as segment_basis
    from judged
    inner join average_movements
        on
            judged.framework_id = average_movements.framework_id
            and judged.quarter_id = average_movements.quarter_id
            and judged.trust_code = average_movements.trust_code
    left join movement_causes
        on judged.main_cause_id = movement_causes.cause_id
    left join largest_parts
        on
            judged.framework_id = largest_parts.framework_id
            and judged.quarter_id = largest_parts.quarter_id
            and judged.trust_code = largest_parts.trust_code
)

select * from final
