-- Rules 7, the system adjustment: its areas are named, a metric counts in one area and is scored for the type that is
-- adjusted, and the rule moves by at least one segment and ends short of the improvement programme's.
with system_adjustment_rules as (
    select * from {{ ref('system_adjustment_rules') }}
),

system_areas as (
    select * from {{ ref('system_areas') }}
),

system_area_metrics as (
    select * from {{ ref('system_area_metrics') }}
),

applicability as (
    select * from {{ ref('metric_applicability') }}
    where treatment = 'scored' and applicability <> 'never'
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

area_counts as (
    select
        framework_id,
        count(*) as area_count
    from system_areas
    group by framework_id
)

select
    system_adjustment_rules.framework_id,
    system_adjustment_rules.trust_type_id as of_what,
    'no area, or too few for the rule, or steps that lead nowhere' as problem
from system_adjustment_rules
inner join frameworks
    on system_adjustment_rules.framework_id = frameworks.framework_id
left join area_counts
    on system_adjustment_rules.framework_id = area_counts.framework_id
where
    coalesce(area_counts.area_count, 0) < system_adjustment_rules.challenged_area_count_at_least
    or coalesce(system_adjustment_rules.challenged_area_count_at_least, 0) < 1
    or coalesce(system_adjustment_rules.segment_steps, 0) < 1
    or coalesce(system_adjustment_rules.worst_segment, frameworks.programme_segment) >= frameworks.programme_segment

union all

select
    system_areas.framework_id,
    system_areas.area_id as of_what,
    'an area, and no rule that counts it' as problem
from system_areas
left join system_adjustment_rules
    on system_areas.framework_id = system_adjustment_rules.framework_id
where system_adjustment_rules.framework_id is null

union all

select
    system_area_metrics.framework_id,
    system_area_metrics.metric_id as of_what,
    'of no area, or not scored for the type that is adjusted' as problem
from system_area_metrics
left join system_areas
    on
        system_area_metrics.framework_id = system_areas.framework_id
        and system_area_metrics.area_id = system_areas.area_id
left join system_adjustment_rules
    on system_area_metrics.framework_id = system_adjustment_rules.framework_id
left join applicability
    on
        system_area_metrics.framework_id = applicability.framework_id
        and system_area_metrics.metric_id = applicability.metric_id
        and system_adjustment_rules.trust_type_id = applicability.trust_type_id
where system_areas.area_id is null or applicability.metric_id is null

union all

select
    framework_id,
    metric_id as of_what,
    'in several areas' as problem
from system_area_metrics
group by framework_id, metric_id
having count(*) > 1
