with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status <> 'not_applicable'
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

thresholds_in_force as (
    select * from {{ ref('thresholds_in_force') }}
),

metric_owners as (
    select * from {{ ref('metric_owners') }}
),

target_progress as (
    select * from {{ ref('target_progress') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

-- One target to a line: the next one due. The plan of the organisation stands beside it, in columns of its own.
next_targets as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        target_id,
        target_value,
        target_basis,
        gap_to_target,
        is_on_target,
        target_status,
        is_target_confidential,
        is_baseline_confidential,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, metric_id
            order by due_quarter_id, target_id
        ) as preference
    from target_progress
    where target_basis <> 'plan'
),

plans as (
    select * from target_progress
    where target_basis = 'plan'
),

lines as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.trust_type_id,
        metric_values.domain_id,
        metrics.metric_label,
        metric_values.cell_status,
        metric_values.value_number,
        metric_values.value_label,
        coalesce(metric_values.unit_label, metrics.unit_label) as unit_label,
        thresholds_in_force.threshold_kind,
        thresholds_in_force.threshold,
        metric_scores.is_threshold_met,
        next_targets.target_id,
        next_targets.target_value,
        next_targets.target_basis,
        next_targets.gap_to_target,
        next_targets.is_on_target,
        next_targets.target_status,
        coalesce(next_targets.is_target_confidential, false) as is_target_confidential,
        coalesce(next_targets.is_baseline_confidential, false) as is_baseline_confidential,
        plans.target_value as plan_value,
        plans.gap_to_target as gap_to_plan,
        plans.is_on_target as is_on_plan,
        plans.target_status as plan_status,
        coalesce(plans.is_target_confidential, false) as is_plan_confidential,
        metric_owners.owner_role,
        metric_owners.certainty as owner_certainty,
        metric_scores.metric_score_rounded as metric_score,
        metric_scores.score_basis,
        value_ranks.value_rank,
        value_ranks.trusts_ranked as value_rank_count,
        earlier.quarter_id as previous_quarter_id,
        earlier.value_number as previous_value,
        metric_values.value_number - earlier.value_number as movement,
        case metrics.polarity
            when 'higher' then metric_values.value_number - earlier.value_number
            when 'lower' then earlier.value_number - metric_values.value_number
        end as improvement
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join metric_scores
        on
            metric_values.framework_id = metric_scores.framework_id
            and metric_values.quarter_id = metric_scores.quarter_id
            and metric_values.trust_code = metric_scores.trust_code
            and metric_values.metric_id = metric_scores.metric_id
    inner join quarters
        on metric_values.quarter_id = quarters.quarter_id
    left join metric_values as earlier
        on
            metric_values.framework_id = earlier.framework_id
            and quarters.previous_quarter_id = earlier.quarter_id
            and metric_values.trust_code = earlier.trust_code
            and metric_values.metric_id = earlier.metric_id
    left join value_ranks
        on
            metric_values.framework_id = value_ranks.framework_id
            and metric_values.quarter_id = value_ranks.quarter_id
            and metric_values.trust_code = value_ranks.trust_code
            and metric_values.metric_id = value_ranks.metric_id
    left join thresholds_in_force
        on
            metric_values.framework_id = thresholds_in_force.framework_id
            and metric_values.quarter_id = thresholds_in_force.quarter_id
            and metric_values.metric_id = thresholds_in_force.metric_id
    left join next_targets
        on
            metric_values.framework_id = next_targets.framework_id
            and metric_values.quarter_id = next_targets.quarter_id
            and metric_values.trust_code = next_targets.trust_code
            and metric_values.metric_id = next_targets.metric_id
            and next_targets.preference = 1
    left join plans
        on
            metric_values.framework_id = plans.framework_id
            and metric_values.quarter_id = plans.quarter_id
            and metric_values.trust_code = plans.trust_code
            and metric_values.metric_id = plans.metric_id
    left join metric_owners
        on
            metric_values.framework_id = metric_owners.framework_id
            and metric_values.metric_id = metric_owners.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        trust_type_id,
        domain_id,
        metric_label,
        cell_status,
        value_number,
        value_label,
        unit_label,
        threshold_kind,
        threshold,
        is_threshold_met,
        target_id,
        target_value,
        target_basis,
        gap_to_target,
        is_on_target,
        target_status,
        is_target_confidential,
        is_baseline_confidential,
        plan_value,
        gap_to_plan,
        is_on_plan,
        plan_status,
        is_plan_confidential,
        owner_role,
        owner_certainty,
        metric_score,
        score_basis,
        value_rank,
        value_rank_count,
        previous_quarter_id,
        previous_value,
        movement,
        case
            when improvement > 0 then 'better'
            when improvement < 0 then 'worse'
            when improvement = 0 then 'same'
        end as movement_direction
    from lines
)

select * from final
