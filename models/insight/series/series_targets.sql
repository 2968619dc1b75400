with planning_targets as (
    select * from {{ ref('planning_targets') }}
    where national_target is not null
),

-- Of a standard that changed in the course of the framework the one of the newest quarter.
standards as (
    select * from {{ ref('thresholds_in_force') }}
    where threshold_kind = 'standard' and is_newest_quarter
),

-- Rules 7, targets: of several for one metric the one that is due last.
planned as (
    select
        framework_id,
        metric_id,
        cast(national_target as decimal(18, 4)) as target_value,
        row_number() over (
            partition by framework_id, metric_id
            order by due_quarter_id desc, target_id asc
        ) as preference
    from planning_targets
),

final as (
    select
        framework_id,
        metric_id,
        target_value,
        'planning_target' as target_basis
    from planned
    where preference = 1
    union all
    select
        standards.framework_id,
        standards.metric_id,
        cast(standards.threshold as decimal(18, 4)) as target_value,
        'standard' as target_basis
    from standards
    left join planned
        on
            standards.framework_id = planned.framework_id
            and standards.metric_id = planned.metric_id
    where planned.metric_id is null
)

select * from final
