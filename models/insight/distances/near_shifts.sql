with near_groups as (
    select * from {{ ref('near_groups') }}
),

cut_scores as (
    select * from {{ ref('cut_scores') }}
),

pool_places as (
    select * from {{ ref('pool_places') }}
),

pool_shifts as (
    select * from {{ ref('pool_shifts') }}
),

near as (
    select
        near_groups.group_number,
        near_groups.framework_id,
        near_groups.quarter_id,
        near_groups.metric_id,
        near_groups.pool_partition_id,
        cut_scores.trust_code,
        cut_scores.score
    from near_groups
    inner join cut_scores
        on
            near_groups.framework_id = cut_scores.framework_id
            and near_groups.quarter_id = cut_scores.quarter_id
            and near_groups.cut_partition_id = cut_scores.cut_partition_id
            and coalesce(near_groups.near_from <= cut_scores.score, true)
            and coalesce(near_groups.near_to >= cut_scores.score, true)
),

-- A trust that the pool does not rank, or that has no place in it, keeps its average.
final as (
    select
        near.group_number,
        near.trust_code,
        case when not pool_places.is_fixed_part then pool_places.badness end as ranked_badness,
        coalesce(pool_shifts.place_change, 0) as place_change,
        pool_shifts.count_change,
        coalesce(pool_shifts.shifted_score, near.score) as shifted_score
    from near
    left join pool_places
        on
            near.framework_id = pool_places.framework_id
            and near.quarter_id = pool_places.quarter_id
            and near.metric_id = pool_places.metric_id
            and near.pool_partition_id = pool_places.pool_partition_id
            and near.trust_code = pool_places.trust_code
    left join pool_shifts
        on
            near.framework_id = pool_shifts.framework_id
            and near.quarter_id = pool_shifts.quarter_id
            and near.metric_id = pool_shifts.metric_id
            and near.pool_partition_id = pool_shifts.pool_partition_id
            and near.trust_code = pool_shifts.trust_code
)

select * from final
