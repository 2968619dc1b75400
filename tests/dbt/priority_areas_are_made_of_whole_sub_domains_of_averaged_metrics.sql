-- A priority area is made of metrics whose scores enter the average, and of all of a sub-domain where it has one of
-- it; no metric is in two areas. The score from which it is low lies within the scale.
with priority_areas as (
    select * from {{ ref('priority_areas') }}
),

priority_area_metrics as (
    select * from {{ ref('priority_area_metrics') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

averaged as (
    select * from metrics
    where enters_average
),

counted as (
    select
        framework_id,
        priority_area_id,
        count(*) as metric_count
    from priority_area_metrics
    group by framework_id, priority_area_id
),

placed as (
    select
        priority_area_metrics.framework_id,
        priority_area_metrics.priority_area_id,
        priority_area_metrics.metric_id,
        averaged.domain_id,
        averaged.sub_domain_label
    from priority_area_metrics
    left join averaged
        on
            priority_area_metrics.framework_id = averaged.framework_id
            and priority_area_metrics.metric_id = averaged.metric_id
),

repeated as (
    select
        framework_id,
        metric_id
    from priority_area_metrics
    group by framework_id, metric_id
    having count(*) > 1
)

select
    priority_areas.framework_id,
    priority_areas.priority_area_id,
    'no metric, or a score outside the scale' as problem
from priority_areas
left join counted
    on
        priority_areas.framework_id = counted.framework_id
        and priority_areas.priority_area_id = counted.priority_area_id
where
    counted.metric_count is null
    or not coalesce(priority_areas.low_score_at_least between 1 and 4, false)

union all

select
    placed.framework_id,
    placed.priority_area_id,
    placed.metric_id || ': not a metric of the average, or of an area that there is not' as problem
from placed
left join priority_areas
    on
        placed.framework_id = priority_areas.framework_id
        and placed.priority_area_id = priority_areas.priority_area_id
where placed.domain_id is null or priority_areas.priority_area_id is null

union all

select
    framework_id,
    '' as priority_area_id,
    metric_id || ': said more than once' as problem
from repeated

union all

select distinct
    averaged.framework_id,
    placed.priority_area_id,
    averaged.metric_id || ': left out of its sub-domain' as problem
from averaged
inner join placed
    on
        averaged.framework_id = placed.framework_id
        and averaged.domain_id = placed.domain_id
        and averaged.sub_domain_label = placed.sub_domain_label
left join placed as own
    on
        averaged.framework_id = own.framework_id
        and averaged.metric_id = own.metric_id
where own.metric_id is null
