with frameworks as (
    select * from {{ ref('frameworks') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    frameworks.framework_id,
    frameworks.framework_label,
    frameworks.first_quarter_id,
    frameworks.last_quarter_id,
    frameworks.is_in_force,
    frameworks.has_published_figures,
    frameworks.adopts_published_scores,
    frameworks.core_metric_share,
    frameworks.override_sum_below,
    frameworks.override_segment_floor,
    frameworks.programme_segment,
    frameworks.source,
    frameworks.certainty,
    frameworks.value_origin,
    frameworks.is_forecast
from frameworks
inner join scored_frameworks
    on frameworks.framework_id = scored_frameworks.framework_id
