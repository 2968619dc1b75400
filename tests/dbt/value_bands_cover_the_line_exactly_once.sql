-- Every number falls into exactly one band of a metric that is scored from a number by bands: the first band is
-- open below, the last open above, each next one begins where the one before ends, and an edge has one owner.
with banded_metrics as (
    select
        framework_id,
        metric_id
    from {{ ref('metrics') }}
    where scoring_family = 'band' and value_kind = 'number'
),

bands as (
    select * from {{ ref('value_bands') }}
),

neighbours as (
    select
        framework_id,
        metric_id,
        lower_bound,
        is_lower_inclusive,
        upper_bound,
        is_upper_inclusive,
        row_number() over (
            partition by framework_id, metric_id
            order by lower_bound nulls first, upper_bound nulls last
        ) as place,
        count(*) over (partition by framework_id, metric_id) as band_count,
        lead(lower_bound) over (
            partition by framework_id, metric_id
            order by lower_bound nulls first, upper_bound nulls last
        ) as next_lower_bound,
        lead(is_lower_inclusive) over (
            partition by framework_id, metric_id
            order by lower_bound nulls first, upper_bound nulls last
        ) as is_next_lower_inclusive
    from bands
)

select
    framework_id,
    metric_id,
    'the bands begin at a number, not below every number' as problem
from neighbours
where place = 1 and lower_bound is not null

union all

select
    framework_id,
    metric_id,
    'the bands end at a number, not above every number' as problem
from neighbours
where place = band_count and upper_bound is not null

union all

select
    framework_id,
    metric_id,
    'a gap or an overlap after the band that ends at ' || coalesce({{ as_text('upper_bound') }}, 'no number') as problem
from neighbours
where place < band_count and coalesce(upper_bound <> next_lower_bound, true)

union all

select
    framework_id,
    metric_id,
    'the edge ' || {{ as_text('upper_bound') }} || ' has no owner, or two' as problem
from neighbours
where
    place < band_count
    and upper_bound = next_lower_bound
    and coalesce(is_upper_inclusive = is_next_lower_inclusive, true)

union all

select
    banded_metrics.framework_id,
    banded_metrics.metric_id,
    'no bands' as problem
from banded_metrics
left join bands
    on
        banded_metrics.framework_id = bands.framework_id
        and banded_metrics.metric_id = bands.metric_id
where bands.metric_id is null

union all

select
    bands.framework_id,
    bands.metric_id,
    'bands for a metric that is not scored from a number by bands' as problem
from bands
left join banded_metrics
    on
        bands.framework_id = banded_metrics.framework_id
        and bands.metric_id = banded_metrics.metric_id
where banded_metrics.metric_id is null
