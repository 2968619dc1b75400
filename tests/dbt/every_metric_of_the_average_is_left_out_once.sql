-- What one metric decides is asked by leaving it out: without a case the answer would leave a metric out unseen.
-- A framework that asks nothing has no case.
with metrics as (
    select * from {{ ref('metrics') }}
    where enters_average
),

cases as (
    select * from {{ ref('sensitivity_cases') }}
    where left_out_metric_id is not null
),

asked as (
    select distinct framework_id from cases
),

counted as (
    select
        framework_id,
        left_out_metric_id as metric_id,
        count(*) as case_count
    from cases
    group by framework_id, left_out_metric_id
)

select
    metrics.framework_id,
    metrics.metric_id,
    'in the average, and left out by no case or by two' as problem
from metrics
inner join asked
    on metrics.framework_id = asked.framework_id
left join counted
    on
        metrics.framework_id = counted.framework_id
        and metrics.metric_id = counted.metric_id
where coalesce(counted.case_count, 0) <> 1

union all

select
    counted.framework_id,
    counted.metric_id,
    'left out by a case, and not in the average' as problem
from counted
left join metrics
    on
        counted.framework_id = metrics.framework_id
        and counted.metric_id = metrics.metric_id
where metrics.metric_id is null
