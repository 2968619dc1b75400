with metric_pools as (
    select * from {{ ref('metric_pools') }}
    where quarter_id = {{ newest_quarter() }} and is_pool_complete
),

adopted_scores as (
    select * from {{ ref('metric_scores') }}
    where {{ is_adopted('score_basis') }}
),

-- A changed value voids the adopted scores of its pool. Who then has none leaves the place of the others open, as in a
-- pool that is not complete.
final as (
    select
        metric_pools.framework_id,
        metric_pools.quarter_id,
        metric_pools.metric_id,
        metric_pools.pool_partition_id
    from metric_pools
    left join adopted_scores
        on
            metric_pools.framework_id = adopted_scores.framework_id
            and metric_pools.quarter_id = adopted_scores.quarter_id
            and metric_pools.metric_id = adopted_scores.metric_id
            and metric_pools.pool_partition_id = adopted_scores.pool_partition_id
    group by
        metric_pools.framework_id,
        metric_pools.quarter_id,
        metric_pools.metric_id,
        metric_pools.pool_partition_id
    having count(adopted_scores.trust_code) = 0
)

select * from final
