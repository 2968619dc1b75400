-- A target is about a metric with a number, on its good side, for a quarter that there is; it says what is asked
-- nationally or of each trust, and an improvement says from which month it is measured.
with planning_targets as (
    select * from {{ ref('planning_targets') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where value_kind = 'number'
),

quarters as (
    select * from {{ ref('quarters') }}
),

judged as (
    select
        planning_targets.framework_id,
        planning_targets.metric_id,
        planning_targets.target_id,
        case metrics.polarity
            when 'higher' then planning_targets.comparator = 'at_least'
            when 'lower' then planning_targets.comparator = 'at_most'
        end as is_on_the_good_side,
        coalesce(planning_targets.national_target, planning_targets.trust_minimum) is not null as is_asked,
        case
            when planning_targets.improvement_points is null then planning_targets.baseline_month is null
            else
                planning_targets.improvement_points > 0
                and length(planning_targets.baseline_month) = 7
                and substr(planning_targets.baseline_month, 5, 1) = '-'
        end as is_improvement_whole,
        quarters.quarter_id is not null as is_quarter_known,
        planning_targets.target_id <> 'plan' as is_name_free
    from planning_targets
    left join metrics
        on
            planning_targets.framework_id = metrics.framework_id
            and planning_targets.metric_id = metrics.metric_id
    left join quarters
        on planning_targets.due_quarter_id = quarters.quarter_id
),

repeated as (
    select
        framework_id,
        metric_id,
        target_id
    from planning_targets
    group by framework_id, metric_id, target_id
    having count(*) > 1
)

select
    framework_id,
    metric_id,
    target_id,
    'metric, side, target, improvement, quarter or name is not right' as problem
from judged
where
    not coalesce(
        is_on_the_good_side and is_asked and is_improvement_whole and is_quarter_known and is_name_free, false
    )

union all

select
    framework_id,
    metric_id,
    target_id,
    'said more than once' as problem
from repeated
