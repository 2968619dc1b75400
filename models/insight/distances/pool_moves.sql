with pool_places as (
    select * from {{ ref('pool_places') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

value_steps as (
    select * from {{ ref('value_steps') }}
),

rounded_scores as (
    select * from {{ ref('rounded_scores') }}
),

pools as (
    select distinct
        pool_places.framework_id,
        pool_places.quarter_id,
        pool_places.metric_id,
        pool_places.pool_partition_id,
        pool_places.threshold_badness,
        pool_places.threshold_kind,
        pool_places.fixed_score,
        pool_places.ranked_low,
        pool_places.ranked_high,
        pool_places.ranked_count,
        value_steps.value_step,
        case metrics.polarity
            when 'lower' then value_steps.lowest_value
            when 'higher' then -value_steps.highest_value
        end as least_badness,
        case metrics.polarity
            when 'lower' then value_steps.highest_value
            when 'higher' then -value_steps.lowest_value
        end as most_badness
    from pool_places
    inner join metrics
        on
            pool_places.framework_id = metrics.framework_id
            and pool_places.metric_id = metrics.metric_id
    inner join value_steps
        on
            pool_places.framework_id = value_steps.framework_id
            and pool_places.metric_id = value_steps.metric_id
),

edges as (
    select 0 as steps
    union all
    select 1 as steps
),

held as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        badness,
        count(*) as tied_count,
        min(value_place) - 1 as better_count
    from pool_places
    where not is_fixed_part
    group by framework_id, quarter_id, metric_id, pool_partition_id, badness
),

neighbours as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        badness,
        tied_count,
        better_count,
        lag(badness) over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id order by badness
        ) as better_badness,
        lead(badness) over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id order by badness
        ) as worse_badness
    from held
),

-- Between two values that others hold nothing depends on where a trust stands. So the values that matter are: one that
-- another holds (ties share the best rank), one step past it where the next value is further off, the threshold and
-- one step beyond it.
stops as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        badness,
        better_count
    from neighbours
    union all
    select
        neighbours.framework_id,
        neighbours.quarter_id,
        neighbours.metric_id,
        neighbours.pool_partition_id,
        neighbours.badness - pools.value_step as badness,
        neighbours.better_count
    from neighbours
    inner join pools
        on
            neighbours.framework_id = pools.framework_id
            and neighbours.quarter_id = pools.quarter_id
            and neighbours.metric_id = pools.metric_id
            and neighbours.pool_partition_id = pools.pool_partition_id
    where coalesce(neighbours.badness - pools.value_step > neighbours.better_badness, true)
    union all
    select
        neighbours.framework_id,
        neighbours.quarter_id,
        neighbours.metric_id,
        neighbours.pool_partition_id,
        neighbours.badness + pools.value_step as badness,
        neighbours.better_count + neighbours.tied_count as better_count
    from neighbours
    inner join pools
        on
            neighbours.framework_id = pools.framework_id
            and neighbours.quarter_id = pools.quarter_id
            and neighbours.metric_id = pools.metric_id
            and neighbours.pool_partition_id = pools.pool_partition_id
    where coalesce(neighbours.badness + pools.value_step < neighbours.worse_badness, true)
    union all
    select
        pools.framework_id,
        pools.quarter_id,
        pools.metric_id,
        pools.pool_partition_id,
        pools.threshold_badness + edges.steps * pools.value_step as badness,
        cast(coalesce(sum(case
            when neighbours.badness < pools.threshold_badness + edges.steps * pools.value_step
                then neighbours.tied_count
        end), 0) as bigint) as better_count
    from pools
    cross join edges
    left join neighbours
        on
            pools.framework_id = neighbours.framework_id
            and pools.quarter_id = neighbours.quarter_id
            and pools.metric_id = neighbours.metric_id
            and pools.pool_partition_id = neighbours.pool_partition_id
    where pools.threshold_badness is not null
    group by
        pools.framework_id,
        pools.quarter_id,
        pools.metric_id,
        pools.pool_partition_id,
        pools.threshold_badness,
        pools.value_step,
        edges.steps
),

placed as (
    select distinct
        stops.framework_id,
        stops.quarter_id,
        stops.metric_id,
        stops.pool_partition_id,
        stops.badness,
        stops.better_count,
        pools.ranked_count,
        pools.fixed_score,
        pools.ranked_low,
        pools.ranked_high,
        coalesce(
            case pools.threshold_kind
                when 'standard' then stops.badness <= pools.threshold_badness
                when 'floor' then stops.badness > pools.threshold_badness
            end,
            false
        ) as is_fixed_part,
        coalesce(rounded_scores.is_rounded_before_averaging, false) as is_rounded_before_averaging
    from stops
    inner join pools
        on
            stops.framework_id = pools.framework_id
            and stops.quarter_id = pools.quarter_id
            and stops.metric_id = pools.metric_id
            and stops.pool_partition_id = pools.pool_partition_id
    left join rounded_scores
        on
            stops.framework_id = rounded_scores.framework_id
            and stops.quarter_id = rounded_scores.quarter_id
            and stops.metric_id = rounded_scores.metric_id
    where
        coalesce(stops.badness >= pools.least_badness, true)
        and coalesce(stops.badness <= pools.most_badness, true)
),

-- Where the trust itself was ranked it is one of the count and, moving back, one of those that were better.
scored as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        badness,
        is_fixed_part,
        is_rounded_before_averaging,
        case
            when is_fixed_part then {{ exact_score('fixed_score') }}
            else {{ ranked_score('ranked_low', 'ranked_high', '(better_count + 1)', '(ranked_count + 1)') }}
        end as entering_score,
        case
            when is_fixed_part then {{ exact_score('fixed_score') }}
            when ranked_count > 0
                then {{ ranked_score('ranked_low', 'ranked_high', '(better_count + 1)', 'ranked_count') }}
        end as forward_score,
        case
            when is_fixed_part then {{ exact_score('fixed_score') }}
            when ranked_count > 0
                then {{ ranked_score('ranked_low', 'ranked_high', 'greatest(better_count, 1)', 'ranked_count') }}
        end as backward_score
    from placed
),

final as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        badness,
        is_fixed_part,
        {{ averaged_score('entering_score', 'is_rounded_before_averaging') }} as entering_score,
        {{ averaged_score('forward_score', 'is_rounded_before_averaging') }} as forward_score,
        {{ averaged_score('backward_score', 'is_rounded_before_averaging') }} as backward_score
    from scored
)

select * from final
