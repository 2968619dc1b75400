with label_bands as (
    select * from {{ ref('label_bands') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    label_bands.framework_id,
    label_bands.metric_id,
    label_bands.band_label,
    label_bands.band_score,
    label_bands.source,
    label_bands.certainty
from label_bands
inner join scored_frameworks
    on label_bands.framework_id = scored_frameworks.framework_id
