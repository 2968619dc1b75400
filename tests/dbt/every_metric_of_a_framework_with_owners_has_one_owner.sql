-- A framework names owners or none. Where it does, each metric with a score has one, so that no line of the board
-- view is nobody's; the framework in force names them.
with metric_owners as (
    select * from {{ ref('metric_owners') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

with_owners as (
    select framework_id from frameworks
    where is_in_force
    union
    select framework_id from metric_owners
),

counted as (
    select
        framework_id,
        metric_id,
        count(*) as owner_count,
        min(case when length(trim(coalesce(owner_role, ''))) > 0 then 1 else 0 end) = 1 as are_roles_said
    from metric_owners
    group by framework_id, metric_id
)

select
    metrics.framework_id,
    metrics.metric_id,
    'no owner, or more than one' as problem
from metrics
inner join with_owners
    on metrics.framework_id = with_owners.framework_id
left join counted
    on
        metrics.framework_id = counted.framework_id
        and metrics.metric_id = counted.metric_id
where not coalesce(counted.owner_count = 1 and counted.are_roles_said, false)

union all

select
    counted.framework_id,
    counted.metric_id,
    'an owner of no metric with a score' as problem
from counted
left join metrics
    on
        counted.framework_id = metrics.framework_id
        and counted.metric_id = metrics.metric_id
where metrics.metric_id is null
