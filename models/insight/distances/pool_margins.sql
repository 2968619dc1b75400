with pool_shifts as (
    select * from {{ ref('pool_shifts') }}
),

-- The most that one trust's move can shift the average of any other trust of the pool; so also the most that it can
-- shift the score at any place of the sorted scores.
final as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        max(abs(shifted_score - score)) as most_shifted
    from pool_shifts
    group by framework_id, quarter_id, metric_id, pool_partition_id
)

select * from final
