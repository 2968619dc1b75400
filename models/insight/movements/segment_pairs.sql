with average_movements as (
    select * from {{ ref('average_movements') }}
),

segments as (
    select * from {{ ref('segments') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

figure_revisions as (
    select * from {{ ref('figure_revisions') }}
    where figure_kind = 'adjusted_segment' and old_figure_text is not null
),

movement_parts as (
    select * from {{ ref('movement_parts') }}
),

newest_quarter as (
    select
        framework_id,
        max(quarter_id) as quarter_id
    from average_movements
    group by framework_id
),

paired as (
    select
        average_movements.framework_id,
        average_movements.quarter_id,
        average_movements.trust_code,
        average_movements.score_status,
        earlier_rows.unadjusted_segment as unadjusted_segment_before,
        later_rows.unadjusted_segment as unadjusted_segment_now,
        earlier_rows.adjusted_segment as adjusted_segment_before,
        later_rows.adjusted_segment as adjusted_segment_now,
        earlier_rows.has_financial_override as has_financial_override_before,
        later_rows.has_financial_override as has_financial_override_now,
        earlier_rows.override_segment_floor as override_segment_floor_before,
        later_rows.override_segment_floor as override_segment_floor_now,
        coalesce(earlier_rows.system_segment_steps, 0) as system_segment_steps_before,
        coalesce(later_rows.system_segment_steps, 0) as system_segment_steps_now,
        adjustments_before.worst_segment as worst_segment_before,
        adjustments_now.worst_segment as worst_segment_now,
        cast(figure_revisions.old_figure_text as bigint) as segment_before_revised_from,
        movement_parts.cause_id as revision_cause_id,
        case
            when average_movements.score_status <> 'compared' then average_movements.score_status
            when earlier_rows.adjusted_segment is null or later_rows.adjusted_segment is null then 'segment_open'
            else 'compared'
        end as movement_status,
        greatest(bases_before.weakness_order, bases_now.weakness_order) as weakness_order
    from average_movements
    inner join newest_quarter
        on average_movements.framework_id = newest_quarter.framework_id
    left join segments as later_rows
        on
            average_movements.framework_id = later_rows.framework_id
            and average_movements.quarter_id = later_rows.quarter_id
            and average_movements.trust_code = later_rows.trust_code
    left join segments as earlier_rows
        on
            average_movements.framework_id = earlier_rows.framework_id
            and average_movements.earlier_quarter_id = earlier_rows.quarter_id
            and average_movements.trust_code = earlier_rows.trust_code
    left join system_adjustments as adjustments_now
        on
            average_movements.framework_id = adjustments_now.framework_id
            and average_movements.quarter_id = adjustments_now.quarter_id
            and average_movements.trust_code = adjustments_now.trust_code
    left join system_adjustments as adjustments_before
        on
            average_movements.framework_id = adjustments_before.framework_id
            and average_movements.earlier_quarter_id = adjustments_before.quarter_id
            and average_movements.trust_code = adjustments_before.trust_code
    left join score_bases as bases_now
        on later_rows.segment_basis = bases_now.score_basis
    left join score_bases as bases_before
        on earlier_rows.segment_basis = bases_before.score_basis
    left join figure_revisions
        on
            average_movements.framework_id = figure_revisions.framework_id
            and average_movements.earlier_quarter_id = figure_revisions.quarter_id
            and average_movements.trust_code = figure_revisions.trust_code
            and average_movements.quarter_id = newest_quarter.quarter_id
    left join movement_parts
        on figure_revisions.revision_reason = movement_parts.revision_reason
),

final as (
    select
        paired.framework_id,
        paired.quarter_id,
        paired.trust_code,
        paired.movement_status,
        paired.unadjusted_segment_before,
        paired.unadjusted_segment_now,
        paired.adjusted_segment_before,
        paired.adjusted_segment_now,
        case
            when paired.movement_status = 'compared'
                then coalesce(paired.segment_before_revised_from, paired.adjusted_segment_before)
        end as adjusted_segment_before_as_released,
        paired.revision_cause_id,
        paired.has_financial_override_before,
        paired.has_financial_override_now,
        paired.override_segment_floor_before,
        paired.override_segment_floor_now,
        paired.system_segment_steps_before,
        paired.system_segment_steps_now,
        paired.worst_segment_before,
        paired.worst_segment_now,
        case when paired.movement_status = 'compared' then score_bases.score_basis end as movement_basis
    from paired
    left join score_bases
        on paired.weakness_order = score_bases.weakness_order
)

select * from final
