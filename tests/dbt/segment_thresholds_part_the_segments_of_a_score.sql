-- Fixed thresholds belong to scores that are cut by them, in a part of their cut pool; each boundary leads from one
-- segment to the next, above the one before. A threshold that fits nothing would cut nothing.
with segment_thresholds as (
    select * from {{ ref('segment_thresholds') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
    where cut_method = 'fixed_threshold'
),

partitions as (
    select distinct
        segmentation.framework_id,
        segmentation.score_id,
        pool_trust_types.pool_partition_id
    from segmentation
    inner join {{ ref('pool_trust_types') }} as pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
),

ordered as (
    select
        framework_id,
        score_id,
        cut_partition_id,
        boundary,
        segment,
        threshold,
        row_number() over (
            partition by framework_id, score_id, cut_partition_id
            order by segment
        ) as boundary_order,
        lag(threshold) over (
            partition by framework_id, score_id, cut_partition_id
            order by segment
        ) as threshold_before
    from segment_thresholds
)

select
    ordered.framework_id,
    ordered.score_id,
    ordered.cut_partition_id,
    ordered.boundary
from ordered
left join partitions
    on
        ordered.framework_id = partitions.framework_id
        and ordered.score_id = partitions.score_id
        and ordered.cut_partition_id = partitions.pool_partition_id
where
    partitions.score_id is null
    or ordered.threshold is null
    or ordered.segment <> ordered.boundary_order
    or ordered.boundary <> {{ as_text('ordered.segment') }} || '/' || {{ as_text('ordered.segment + 1') }}
    or ordered.threshold <= ordered.threshold_before
