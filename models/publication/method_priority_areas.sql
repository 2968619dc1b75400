with priority_areas as (
    select * from {{ ref('priority_areas') }}
),

priority_area_metrics as (
    select * from {{ ref('priority_area_metrics') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    priority_areas.framework_id,
    priority_areas.priority_area_id,
    priority_area_metrics.metric_id,
    priority_areas.priority_area_label,
    priority_areas.display_order,
    priority_areas.low_score_at_least,
    priority_areas.source,
    priority_areas.certainty
from priority_areas
inner join scored_frameworks
    on priority_areas.framework_id = scored_frameworks.framework_id
inner join priority_area_metrics
    on
        priority_areas.framework_id = priority_area_metrics.framework_id
        and priority_areas.priority_area_id = priority_area_metrics.priority_area_id
