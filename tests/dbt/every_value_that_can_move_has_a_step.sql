-- A distance is told in steps of the value: without a row a metric would have none, and nothing would say so.
with metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component') and value_kind = 'number'
),

value_steps as (
    select * from {{ ref('value_steps') }}
)

select
    metrics.framework_id,
    metrics.metric_id,
    'no step' as problem
from metrics
left join value_steps
    on
        metrics.framework_id = value_steps.framework_id
        and metrics.metric_id = value_steps.metric_id
where value_steps.metric_id is null

union all

select
    value_steps.framework_id,
    value_steps.metric_id,
    'a step of what has no number' as problem
from value_steps
left join metrics
    on
        value_steps.framework_id = metrics.framework_id
        and value_steps.metric_id = metrics.metric_id
where metrics.metric_id is null
