with planning_targets as (
    select * from {{ ref('planning_targets') }}
    where national_target is not null
),

thresholds as (
    select * from {{ ref('thresholds') }}
    where threshold_kind = 'standard'
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
        thresholds.framework_id,
        thresholds.metric_id,
        cast(thresholds.threshold as decimal(18, 4)) as target_value,
        'standard' as target_basis
    from thresholds
    left join planned
        on
            thresholds.framework_id = planned.framework_id
            and thresholds.metric_id = planned.metric_id
    where planned.metric_id is null
)

select * from final
