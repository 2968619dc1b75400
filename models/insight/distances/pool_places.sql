with metric_parts as (
    select * from {{ ref('metric_parts') }}
    where quarter_id = {{ newest_quarter() }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

-- A changed value voids the published ranks and the adopted scores of its pool: everyone is ranked by value.
ordered as (
    select
        metric_parts.framework_id,
        metric_parts.quarter_id,
        metric_parts.metric_id,
        metric_parts.pool_partition_id,
        metric_parts.trust_code,
        case metrics.polarity
            when 'lower' then metric_parts.value_number
            when 'higher' then -metric_parts.value_number
        end as badness,
        case metrics.polarity
            when 'lower' then metric_parts.threshold
            when 'higher' then -metric_parts.threshold
        end as threshold_badness,
        metric_parts.is_fixed_part,
        metric_parts.fixed_score,
        metric_parts.ranked_low,
        metric_parts.ranked_high,
        metric_parts.threshold_kind
    from metric_parts
    inner join metrics
        on
            metric_parts.framework_id = metrics.framework_id
            and metric_parts.metric_id = metrics.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        trust_code,
        badness,
        threshold_badness,
        is_fixed_part,
        fixed_score,
        ranked_low,
        ranked_high,
        threshold_kind,
        case
            when not is_fixed_part
                then cast(rank() over (
                    partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part
                    order by badness
                ) as bigint)
        end as value_place,
        cast(sum(case when is_fixed_part then 0 else 1 end) over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id
        ) as bigint) as ranked_count
    from ordered
)

select * from final
