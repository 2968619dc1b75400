with value_bands as (
    select * from {{ ref('value_bands') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    value_bands.framework_id,
    value_bands.metric_id,
    value_bands.band_order,
    value_bands.lower_bound,
    value_bands.is_lower_inclusive,
    value_bands.upper_bound,
    value_bands.is_upper_inclusive,
    value_bands.band_score,
    value_bands.source,
    value_bands.certainty
from value_bands
inner join scored_frameworks
    on value_bands.framework_id = scored_frameworks.framework_id
