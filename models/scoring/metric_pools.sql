with run_scope as (
    select * from {{ ref('run_scope') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
    where has_ranked_part
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

pool_sizes as (
    select * from {{ ref('pool_sizes') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

metric_parts as (
    select * from {{ ref('metric_parts') }}
),

exclusions as (
    select * from {{ ref('metric_values') }}
    where missing_reason_id = 'excluded_by_register' and value_number is not null
),

partitions as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        metrics.metric_id,
        metrics.pool_id,
        pool_trust_types.pool_partition_id,
        min(case when trust_type_completeness.is_complete then 1 else 0 end) = 1 as are_trust_types_complete
    from run_scope
    inner join metrics
        on run_scope.framework_id = metrics.framework_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
    inner join trust_type_completeness
        on
            run_scope.framework_id = trust_type_completeness.framework_id
            and run_scope.quarter_id = trust_type_completeness.quarter_id
            and pool_trust_types.trust_type_id = trust_type_completeness.trust_type_id
    group by
        run_scope.framework_id,
        run_scope.quarter_id,
        metrics.metric_id,
        metrics.pool_id,
        pool_trust_types.pool_partition_id
),

counts as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        count(*) as pool_size,
        sum(case when is_fixed_part then 0 else 1 end) as ranked_count
    from metric_parts
    group by framework_id, quarter_id, metric_id, pool_partition_id
),

excluded as (
    select
        exclusions.framework_id,
        exclusions.quarter_id,
        exclusions.metric_id,
        pool_trust_types.pool_partition_id,
        count(*) as excluded_count
    from exclusions
    inner join metrics
        on
            exclusions.framework_id = metrics.framework_id
            and exclusions.metric_id = metrics.metric_id
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and exclusions.trust_type_id = pool_trust_types.trust_type_id
    group by
        exclusions.framework_id,
        exclusions.quarter_id,
        exclusions.metric_id,
        pool_trust_types.pool_partition_id
),

-- Rules 1, completeness: a recorded size counts the ranked part; where none is recorded the pool is as
-- complete as its trust types. A trust that a register takes out of the pool on purpose is not missing from it.
final as (
    select
        partitions.framework_id,
        partitions.quarter_id,
        partitions.metric_id,
        partitions.pool_id,
        partitions.pool_partition_id,
        cast(coalesce(counts.pool_size, 0) as bigint) as pool_size,
        cast(coalesce(counts.ranked_count, 0) as bigint) as ranked_count,
        cast(coalesce(excluded.excluded_count, 0) as bigint) as excluded_count,
        pool_sizes.pool_size as expected_pool_size,
        partitions.are_trust_types_complete,
        coalesce(
            coalesce(counts.ranked_count, 0) + coalesce(excluded.excluded_count, 0) >= pool_sizes.pool_size,
            partitions.are_trust_types_complete
        ) as is_pool_complete
    from partitions
    left join counts
        on
            partitions.framework_id = counts.framework_id
            and partitions.quarter_id = counts.quarter_id
            and partitions.metric_id = counts.metric_id
            and partitions.pool_partition_id = counts.pool_partition_id
    left join excluded
        on
            partitions.framework_id = excluded.framework_id
            and partitions.quarter_id = excluded.quarter_id
            and partitions.metric_id = excluded.metric_id
            and partitions.pool_partition_id = excluded.pool_partition_id
    left join pool_sizes
        on
            partitions.framework_id = pool_sizes.framework_id
            and partitions.quarter_id = pool_sizes.quarter_id
            and partitions.metric_id = pool_sizes.metric_id
            and partitions.pool_partition_id = pool_sizes.pool_partition_id
)

select * from final
