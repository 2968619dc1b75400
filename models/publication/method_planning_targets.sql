with planning_targets as (
    select * from {{ ref('planning_targets') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    planning_targets.framework_id,
    planning_targets.metric_id,
    planning_targets.target_id,
    planning_targets.target_label,
    planning_targets.comparator,
    planning_targets.national_target,
    planning_targets.trust_minimum,
    planning_targets.improvement_points,
    planning_targets.baseline_month,
    planning_targets.due_quarter_id,
    planning_targets.source,
    planning_targets.certainty
from planning_targets
inner join scored_frameworks
    on planning_targets.framework_id = scored_frameworks.framework_id
