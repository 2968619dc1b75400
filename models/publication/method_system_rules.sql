with system_adjustment_rules as (
    select * from {{ ref('system_adjustment_rules') }}
),

system_areas as (
    select * from {{ ref('system_areas') }}
),

system_area_metrics as (
    select * from {{ ref('system_area_metrics') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    system_adjustment_rules.framework_id,
    system_adjustment_rules.trust_type_id,
    system_areas.area_id,
    coalesce(system_area_metrics.metric_id, '') as metric_id,
    system_areas.area_label,
    system_areas.display_order,
    system_adjustment_rules.challenged_score_at_least,
    system_adjustment_rules.challenged_area_count_at_least,
    system_adjustment_rules.segment_steps,
    system_adjustment_rules.worst_segment,
    system_areas.source as area_source,
    system_area_metrics.source as metric_source,
    system_adjustment_rules.source as rule_source,
    system_adjustment_rules.certainty as rule_certainty
from system_adjustment_rules
inner join scored_frameworks
    on system_adjustment_rules.framework_id = scored_frameworks.framework_id
inner join system_areas
    on system_adjustment_rules.framework_id = system_areas.framework_id
left join system_area_metrics
    on
        system_areas.framework_id = system_area_metrics.framework_id
        and system_areas.area_id = system_area_metrics.area_id
