-- A standard or floor that changes says from which quarter on, once for each quarter, and to what. The quarter is one
-- of its framework after the first: what holds from the first is said without a quarter.
with thresholds as (
    select * from {{ ref('thresholds') }}
    where first_quarter_id is not null
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

quarters as (
    select * from {{ ref('quarters') }}
)

select
    framework_id,
    metric_id,
    'two rows from ' || first_quarter_id || ' on' as problem
from thresholds
group by framework_id, metric_id, first_quarter_id
having count(*) > 1

union all

select
    framework_id,
    metric_id,
    'no number from ' || first_quarter_id || ' on' as problem
from thresholds
where threshold is null

union all

select
    thresholds.framework_id,
    thresholds.metric_id,
    thresholds.first_quarter_id || ' is no quarter of the framework after its first' as problem
from thresholds
left join frameworks
    on thresholds.framework_id = frameworks.framework_id
left join quarters
    on thresholds.first_quarter_id = quarters.quarter_id
left join quarters as first_quarters
    on frameworks.first_quarter_id = first_quarters.quarter_id
left join quarters as last_quarters
    on frameworks.last_quarter_id = last_quarters.quarter_id
where
    quarters.quarter_id is null
    or first_quarters.quarter_id is null
    or quarters.start_date <= first_quarters.start_date
    or quarters.start_date > last_quarters.start_date
