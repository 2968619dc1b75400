-- A recorded pool size is of a quarter that exists and of a partition that the metric's pool has.
-- A size under another name would never be met.
with pool_sizes as (
    select * from {{ ref('pool_sizes') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

partitions as (
    select distinct
        metrics.framework_id,
        metrics.metric_id,
        pool_trust_types.pool_partition_id
    from metrics
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
    where scoring_families.has_ranked_part
)

select
    pool_sizes.framework_id,
    pool_sizes.metric_id,
    pool_sizes.quarter_id,
    pool_sizes.pool_partition_id
from pool_sizes
left join partitions
    on
        pool_sizes.framework_id = partitions.framework_id
        and pool_sizes.metric_id = partitions.metric_id
        and pool_sizes.pool_partition_id = partitions.pool_partition_id
left join quarters
    on pool_sizes.quarter_id = quarters.quarter_id
where
    partitions.metric_id is null
    or quarters.quarter_id is null
    or coalesce(pool_sizes.pool_size < 1, true)
