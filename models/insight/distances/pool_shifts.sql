with pool_places as (
    select * from {{ ref('pool_places') }}
),

metric_weights as (
    select * from {{ ref('metric_weights') }}
),

cut_scores as (
    select * from {{ ref('cut_scores') }}
),

rounded_scores as (
    select * from {{ ref('rounded_scores') }}
),

-- One trust that moves takes each other trust of the pool at most one place, and the ranked part at most one trust.
changes as (
    select -1 as step
    union all
    select 0 as step
    union all
    select 1 as step
),

moved as (
    select
        pool_places.framework_id,
        pool_places.quarter_id,
        pool_places.metric_id,
        pool_places.pool_partition_id,
        pool_places.trust_code,
        pool_places.is_fixed_part,
        pool_places.fixed_score,
        pool_places.ranked_low,
        pool_places.ranked_high,
        pool_places.value_place + place_changes.step as place,
        pool_places.ranked_count + count_changes.step as ranked_count,
        place_changes.step as place_change,
        count_changes.step as count_change
    from pool_places
    cross join changes as place_changes
    cross join changes as count_changes
    where
        -- Without a threshold nobody leaves or enters the ranked part.
        (pool_places.threshold_kind is not null or count_changes.step = 0)
        and case
            when pool_places.is_fixed_part then place_changes.step = 0
            else
                pool_places.value_place + place_changes.step between 1 and pool_places.ranked_count
                + count_changes.step
        end
),

scored as (
    select
        moved.framework_id,
        moved.quarter_id,
        moved.metric_id,
        moved.pool_partition_id,
        moved.trust_code,
        moved.place_change,
        moved.count_change,
        coalesce(rounded_scores.is_rounded_before_averaging, false) as is_rounded_before_averaging,
        case
            when moved.is_fixed_part then {{ exact_score('moved.fixed_score') }}
            else {{ ranked_score('moved.ranked_low', 'moved.ranked_high', 'moved.place', 'moved.ranked_count') }}
        end as moved_score
    from moved
    left join rounded_scores
        on
            moved.framework_id = rounded_scores.framework_id
            and moved.quarter_id = rounded_scores.quarter_id
            and moved.metric_id = rounded_scores.metric_id
),

final as (
    select
        scored.framework_id,
        scored.quarter_id,
        scored.metric_id,
        scored.pool_partition_id,
        scored.trust_code,
        cut_scores.cut_partition_id,
        scored.place_change,
        scored.count_change,
        cut_scores.score,
        cast({{ round_half_up(
            'cut_scores.score_unrounded + ('
            ~ averaged_score('scored.moved_score', 'scored.is_rounded_before_averaging')
            ~ ' - metric_weights.averaged_score) / metric_weights.average_share'
        ) }} as decimal(6, 2)) as shifted_score
    from scored
    inner join metric_weights
        on
            scored.framework_id = metric_weights.framework_id
            and scored.quarter_id = metric_weights.quarter_id
            and scored.trust_code = metric_weights.trust_code
            and scored.metric_id = metric_weights.metric_id
    inner join cut_scores
        on
            scored.framework_id = cut_scores.framework_id
            and scored.quarter_id = cut_scores.quarter_id
            and scored.trust_code = cut_scores.trust_code
)

select * from final
