-- Averages take a metric whose weight group has its own identifier for one that weighs alone: another metric in a
-- group of that name would weigh as one more.
with metrics as (
    select * from {{ ref('metrics') }}
)

select
    grouped.framework_id,
    grouped.metric_id,
    grouped.weight_group_id
from metrics
inner join metrics as grouped
    on
        metrics.framework_id = grouped.framework_id
        and metrics.metric_id = grouped.weight_group_id
        and metrics.metric_id <> grouped.metric_id
