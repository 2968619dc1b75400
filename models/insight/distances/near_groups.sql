with cut_places as (
    select * from {{ ref('cut_places') }}
    where moves_with_scores
),

cut_scores as (
    select * from {{ ref('cut_scores') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

pool_margins as (
    select * from {{ ref('pool_margins') }}
),

partitions as (
    select distinct
        metrics.framework_id,
        metrics.metric_id,
        pool_trust_types.pool_partition_id
    from metrics
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
),

ranges as (
    select
        cut_places.framework_id,
        cut_places.quarter_id,
        cut_places.cut_partition_id,
        cut_places.boundary,
        partitions.metric_id,
        partitions.pool_partition_id,
        cut_places.score_at_place - 2 * coalesce(pool_margins.most_shifted, 0) as near_from,
        cut_places.score_after_place + 2 * coalesce(pool_margins.most_shifted, 0) as near_to
    from cut_places
    inner join partitions
        on cut_places.framework_id = partitions.framework_id
    left join pool_margins
        on
            cut_places.framework_id = pool_margins.framework_id
            and cut_places.quarter_id = pool_margins.quarter_id
            and partitions.metric_id = pool_margins.metric_id
            and partitions.pool_partition_id = pool_margins.pool_partition_id
),

-- Who is below the range stays below whatever one trust of the pool does, and who is above it above.
final as (
    select
        row_number() over (
            order by
                ranges.framework_id,
                ranges.quarter_id,
                ranges.cut_partition_id,
                ranges.boundary,
                ranges.metric_id,
                ranges.pool_partition_id
        ) as group_number,
        ranges.framework_id,
        ranges.quarter_id,
        ranges.cut_partition_id,
        ranges.boundary,
        ranges.metric_id,
        ranges.pool_partition_id,
        ranges.near_from,
        ranges.near_to,
        count(cut_scores.trust_code) as surely_below_count
    from ranges
    left join cut_scores
        on
            ranges.framework_id = cut_scores.framework_id
            and ranges.quarter_id = cut_scores.quarter_id
            and ranges.cut_partition_id = cut_scores.cut_partition_id
            and ranges.near_from > cut_scores.score
    group by
        ranges.framework_id,
        ranges.quarter_id,
        ranges.cut_partition_id,
        ranges.boundary,
        ranges.metric_id,
        ranges.pool_partition_id,
        ranges.near_from,
        ranges.near_to
)

select * from final
