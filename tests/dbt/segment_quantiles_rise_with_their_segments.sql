-- The boundaries of a framework are segments 1, 2, 3 ... in turn, each at a higher quantile than the one before,
-- all between nought and one. A framework that cuts by quantiles has some.
with frameworks as (
    select distinct framework_id
    from {{ ref('segmentation') }}
    where cut_method = 'quantile'
),

segment_quantiles as (
    select * from {{ ref('segment_quantiles') }}
),

neighbours as (
    select
        framework_id,
        boundary,
        segment,
        quantile,
        row_number() over (partition by framework_id order by segment, boundary) as place,
        lag(quantile) over (partition by framework_id order by segment, boundary) as quantile_before
    from segment_quantiles
)

select
    framework_id,
    boundary,
    segment,
    quantile
from neighbours
where
    coalesce(segment <> place, true)
    or coalesce(quantile <= 0 or quantile >= 1, true)
    or quantile <= quantile_before
    or boundary <> {{ as_text('segment') }} || '/' || {{ as_text('segment + 1') }}

union all

select
    frameworks.framework_id,
    'none' as boundary,
    cast(null as bigint) as segment,
    cast(null as decimal(6, 4)) as quantile
from frameworks
left join segment_quantiles
    on frameworks.framework_id = segment_quantiles.framework_id
where segment_quantiles.framework_id is null
