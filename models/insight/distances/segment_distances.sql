with distance_statuses as (
    select * from {{ ref('distance_statuses') }}
),

sufficient_moves as (
    select * from {{ ref('sufficient_moves') }}
),

reached_segments as (
    select * from {{ ref('reached_segments') }}
),

places_moved as (
    select * from {{ ref('places_moved') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_pools as (
    select * from {{ ref('metric_pools') }}
),

value_steps as (
    select * from {{ ref('value_steps') }}
),

segments as (
    select * from {{ ref('segments') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

financial_overrides as (
    select * from {{ ref('financial_overrides') }}
),

override_inputs as (
    select * from {{ ref('override_inputs') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

moved as (
    select
        distance_statuses.framework_id,
        distance_statuses.quarter_id,
        distance_statuses.trust_code,
        distance_statuses.metric_id,
        distance_statuses.direction,
        reached_segments.reached_segment,
        sufficient_moves.new_score,
        sufficient_moves.moved_score,
        sufficient_moves.new_label,
        cast(coalesce(
            sufficient_moves.new_value,
            case metrics.polarity
                when 'lower' then sufficient_moves.new_badness
                when 'higher' then -sufficient_moves.new_badness
            end
        ) as decimal(28, 10)) as needed_value,
        -- A move across a floor can leave fewer in the ranked part than are recorded for a whole pool (rules 1).
        coalesce(
            metric_pools.ranked_count + metric_pools.excluded_count + sufficient_moves.count_change
            < metric_pools.expected_pool_size,
            false
        ) as leaves_pool_incomplete
    from distance_statuses
    inner join metrics
        on
            distance_statuses.framework_id = metrics.framework_id
            and distance_statuses.metric_id = metrics.metric_id
    inner join sufficient_moves
        on
            distance_statuses.framework_id = sufficient_moves.framework_id
            and distance_statuses.quarter_id = sufficient_moves.quarter_id
            and distance_statuses.trust_code = sufficient_moves.trust_code
            and distance_statuses.metric_id = sufficient_moves.metric_id
            and distance_statuses.direction = sufficient_moves.direction
    inner join reached_segments
        on
            distance_statuses.framework_id = reached_segments.framework_id
            and distance_statuses.quarter_id = reached_segments.quarter_id
            and distance_statuses.trust_code = reached_segments.trust_code
            and distance_statuses.metric_id = reached_segments.metric_id
            and distance_statuses.direction = reached_segments.direction
    left join metric_pools
        on
            sufficient_moves.framework_id = metric_pools.framework_id
            and sufficient_moves.quarter_id = metric_pools.quarter_id
            and sufficient_moves.metric_id = metric_pools.metric_id
            and sufficient_moves.pool_partition_id = metric_pools.pool_partition_id
    where distance_statuses.distance_status in ('distance', 'reranking_suffices')
),

-- A changed finance part voids the published override flag of the trust, so the flag is derived (rules 3). Of
-- confidential deficit support no more is said than follows without it.
overridden as (
    select
        moved.framework_id,
        moved.quarter_id,
        moved.trust_code,
        moved.metric_id,
        moved.direction,
        case
            when override_inputs.metric_id is null then financial_overrides.has_financial_override
            when
                financial_overrides.plan_and_variance + moved.needed_value - distance_statuses.value_number
                < frameworks.override_sum_below
                then true
            when financial_overrides.is_deficit_support_confidential then null
            when financial_overrides.has_deficit_support then true
            when financial_overrides.plan_and_variance is not null then false
        end as has_override_then,
        financial_overrides.override_segment_floor
    from moved
    inner join distance_statuses
        on
            moved.framework_id = distance_statuses.framework_id
            and moved.quarter_id = distance_statuses.quarter_id
            and moved.trust_code = distance_statuses.trust_code
            and moved.metric_id = distance_statuses.metric_id
            and moved.direction = distance_statuses.direction
    inner join frameworks
        on moved.framework_id = frameworks.framework_id
    inner join financial_overrides
        on
            moved.framework_id = financial_overrides.framework_id
            and moved.quarter_id = financial_overrides.quarter_id
            and moved.trust_code = financial_overrides.trust_code
    left join override_inputs
        on
            moved.framework_id = override_inputs.framework_id
            and moved.metric_id = override_inputs.metric_id
),

final as (
    select
        distance_statuses.framework_id,
        distance_statuses.quarter_id,
        distance_statuses.trust_code,
        distance_statuses.metric_id,
        distance_statuses.direction,
        distance_statuses.trust_type_id,
        distance_statuses.distance_status,
        distance_statuses.unadjusted_segment,
        moved.reached_segment,
        segments.adjusted_segment,
        case
            -- An area of a system could become challenged with it or cease to be.
            when system_adjustments.trust_code is not null then null
            when overridden.has_override_then
                then greatest(moved.reached_segment, overridden.override_segment_floor)
            when not overridden.has_override_then then moved.reached_segment
            when moved.reached_segment >= overridden.override_segment_floor then moved.reached_segment
        end as reached_adjusted_segment,
        distance_statuses.value_number as current_value,
        moved.needed_value,
        cast(moved.needed_value - distance_statuses.value_number as decimal(28, 10)) as needed_change,
        distance_statuses.value_label as current_label,
        moved.new_label as needed_label,
        distance_statuses.metric_score as current_score,
        moved.new_score as needed_score,
        distance_statuses.average_metric_score,
        moved.moved_score as average_then,
        places_moved.places_moved,
        places_moved.others_compared,
        places_moved.share_moved,
        case
            when moved.metric_id is null then null
            when moved.leaves_pool_incomplete then 'computed_partial_pool'
            else segments.segment_basis
        end as distance_basis,
        case
            when moved.new_label is not null
                then
                    metrics.metric_label || ': ' || moved.new_label
                    || coalesce(' in place of ' || distance_statuses.value_label, '')
            when moved.needed_value is not null
                then trim(
                    metrics.metric_label || ': '
                    || case when moved.needed_value > distance_statuses.value_number then '+' else '' end
                    || {{ published_number('(moved.needed_value - distance_statuses.value_number)') }}
                    || ' ' || value_steps.change_unit_label
                )
        end as distance_label
    from distance_statuses
    inner join metrics
        on
            distance_statuses.framework_id = metrics.framework_id
            and distance_statuses.metric_id = metrics.metric_id
    inner join segments
        on
            distance_statuses.framework_id = segments.framework_id
            and distance_statuses.quarter_id = segments.quarter_id
            and distance_statuses.trust_code = segments.trust_code
    left join value_steps
        on
            distance_statuses.framework_id = value_steps.framework_id
            and distance_statuses.metric_id = value_steps.metric_id
    left join moved
        on
            distance_statuses.framework_id = moved.framework_id
            and distance_statuses.quarter_id = moved.quarter_id
            and distance_statuses.trust_code = moved.trust_code
            and distance_statuses.metric_id = moved.metric_id
            and distance_statuses.direction = moved.direction
    left join overridden
        on
            distance_statuses.framework_id = overridden.framework_id
            and distance_statuses.quarter_id = overridden.quarter_id
            and distance_statuses.trust_code = overridden.trust_code
            and distance_statuses.metric_id = overridden.metric_id
            and distance_statuses.direction = overridden.direction
    left join places_moved
        on
            moved.framework_id = places_moved.framework_id
            and moved.quarter_id = places_moved.quarter_id
            and moved.trust_code = places_moved.trust_code
            and moved.metric_id = places_moved.metric_id
            and moved.direction = places_moved.direction
    left join system_adjustments
        on
            distance_statuses.framework_id = system_adjustments.framework_id
            and distance_statuses.quarter_id = system_adjustments.quarter_id
            and distance_statuses.trust_code = system_adjustments.trust_code
)

select * from final
