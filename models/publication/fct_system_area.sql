with system_area_scores as (
    select * from {{ ref('system_area_scores') }}
),

system_areas as (
    select * from {{ ref('system_areas') }}
)

select
    system_area_scores.framework_id,
    system_area_scores.quarter_id,
    system_area_scores.trust_code,
    system_area_scores.area_id,
    system_areas.area_label,
    system_areas.display_order,
    system_area_scores.area_score,
    system_area_scores.metrics_counted,
    system_area_scores.challenged_score_at_least,
    system_area_scores.is_challenged
from system_area_scores
inner join system_areas
    on
        system_area_scores.framework_id = system_areas.framework_id
        and system_area_scores.area_id = system_areas.area_id
