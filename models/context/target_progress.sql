with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status <> 'not_applicable'
),

metrics as (
    select * from {{ ref('metrics') }}
),

planning_targets as (
    select * from {{ ref('planning_targets') }}
),

registers as (
    select * from {{ ref('registers') }}
    where register_id = 'plan'
),

plans as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'plan'
),

baselines as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'baseline'
),

cells as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.trust_type_id,
        metric_values.metric_id,
        case when metric_values.cell_status = 'scored' then metric_values.value_number end as value_number,
        case metrics.polarity when 'higher' then 'at_least' when 'lower' then 'at_most' end as good_side,
        plans.value_number as plan_value,
        registers.source as plan_source,
        coalesce(plans.is_confidential, false) as is_plan_confidential,
        plans.file_id as plan_file_id,
        plans.row_number as plan_row_number
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    left join plans
        on
            metric_values.framework_id = plans.framework_id
            and metric_values.quarter_id = plans.quarter_id
            and metric_values.trust_code = plans.trust_code
            and metric_values.metric_id = plans.subject_id
    left join registers
        on plans.register_id = registers.register_id
),

-- A baseline counts only when it is that of the month which the improvement is measured from.
with_baselines as (
    select
        cells.framework_id,
        cells.quarter_id,
        cells.trust_code,
        cells.trust_type_id,
        cells.metric_id,
        planning_targets.target_id,
        planning_targets.target_label,
        planning_targets.due_quarter_id,
        planning_targets.comparator,
        planning_targets.national_target,
        planning_targets.trust_minimum,
        planning_targets.improvement_points,
        planning_targets.baseline_month,
        baselines.value_number as baseline_value,
        case planning_targets.comparator
            when 'at_least' then baselines.value_number + planning_targets.improvement_points
            when 'at_most' then baselines.value_number - planning_targets.improvement_points
        end as improved_value,
        baselines.file_id as baseline_file_id,
        baselines.row_number as baseline_row_number,
        coalesce(baselines.is_confidential, false) as is_baseline_confidential,
        cells.value_number,
        cells.plan_value,
        cells.is_plan_confidential,
        cells.plan_file_id,
        cells.plan_row_number,
        planning_targets.source as rule_source,
        planning_targets.certainty as rule_certainty
    from cells
    inner join planning_targets
        on
            cells.framework_id = planning_targets.framework_id
            and cells.metric_id = planning_targets.metric_id
            and cells.quarter_id <= planning_targets.due_quarter_id
    left join baselines
        on
            cells.framework_id = baselines.framework_id
            and cells.quarter_id = baselines.quarter_id
            and cells.trust_code = baselines.trust_code
            and cells.metric_id = baselines.subject_id
            and substr(cast(baselines.from_date as varchar), 1, 7) = planning_targets.baseline_month
),

compared as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        target_id,
        target_label,
        due_quarter_id,
        comparator,
        national_target,
        trust_minimum,
        baseline_month,
        baseline_value,
        improved_value,
        baseline_file_id,
        baseline_row_number,
        is_baseline_confidential,
        improvement_points is not null and baseline_value is null as is_baseline_missing,
        case
            when improved_value is null then false
            when trust_minimum is null then true
            when comparator = 'at_least' then improved_value > trust_minimum
            else improved_value < trust_minimum
        end as is_improvement_the_target,
        value_number,
        plan_value,
        is_plan_confidential,
        plan_file_id,
        plan_row_number,
        rule_source,
        rule_certainty
    from with_baselines
),

-- Rules 7, targets for March 2026: a trust's own target is the harder of its minimum and the improvement on its
-- baseline; where the baseline is not in hand, the minimum, and only missing it is then certain.
planned as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        target_id,
        target_label,
        due_quarter_id,
        comparator,
        national_target,
        case
            when is_improvement_the_target then improved_value
            else coalesce(trust_minimum, national_target)
        end as target_value,
        case
            when is_improvement_the_target then 'improvement_on_baseline'
            when trust_minimum is not null then 'trust_minimum'
            else 'national'
        end as target_basis,
        baseline_month,
        baseline_value,
        baseline_file_id,
        baseline_row_number,
        is_baseline_confidential,
        is_baseline_missing,
        value_number,
        plan_value,
        is_plan_confidential,
        plan_file_id,
        plan_row_number,
        rule_source,
        rule_certainty
    from compared
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        'plan' as target_id,
        'The plan of the organisation' as target_label,
        cast(null as varchar) as due_quarter_id,
        good_side as comparator,
        cast(null as decimal(18, 4)) as national_target,
        plan_value as target_value,
        'plan' as target_basis,
        cast(null as varchar) as baseline_month,
        cast(null as decimal(28, 10)) as baseline_value,
        cast(null as varchar) as baseline_file_id,
        cast(null as bigint) as baseline_row_number,
        false as is_baseline_confidential,
        false as is_baseline_missing,
        value_number,
        plan_value,
        is_plan_confidential,
        plan_file_id,
        plan_row_number,
        plan_source as rule_source,
        cast(null as varchar) as rule_certainty
    from cells
    where plan_value is not null
),

measured as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        target_id,
        target_label,
        due_quarter_id,
        comparator,
        national_target,
        target_value,
        target_basis,
        baseline_month,
        baseline_value,
        baseline_file_id,
        baseline_row_number,
        is_baseline_confidential,
        is_baseline_missing,
        value_number,
        plan_value,
        is_plan_confidential,
        plan_file_id,
        plan_row_number,
        rule_source,
        rule_certainty,
        -- Positive is better than the target, whichever way the metric goes.
        case comparator
            when 'at_least' then value_number - target_value
            when 'at_most' then target_value - value_number
        end as gap_to_target
    from planned
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        target_id,
        target_label,
        due_quarter_id,
        comparator,
        national_target,
        target_value,
        target_basis,
        baseline_month,
        baseline_value,
        baseline_file_id,
        baseline_row_number,
        is_baseline_confidential,
        value_number,
        plan_value,
        plan_file_id,
        plan_row_number,
        is_plan_confidential,
        is_baseline_confidential or (target_basis = 'plan' and is_plan_confidential) as is_target_confidential,
        gap_to_target,
        case
            when gap_to_target < 0 then false
            when not is_baseline_missing then gap_to_target >= 0
        end as is_on_target,
        case
            when gap_to_target is null then 'no_value'
            when gap_to_target < 0 then 'off_target'
            when is_baseline_missing then 'baseline_not_in_hand'
            else 'on_target'
        end as target_status,
        rule_source,
        rule_certainty
    from measured
)

select * from final
