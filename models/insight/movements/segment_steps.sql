with segment_pairs as (
    select * from {{ ref('segment_pairs') }}
    where movement_status = 'compared'
),

score_positions as (
    select * from {{ ref('score_positions') }}
),

movement_causes as (
    select * from {{ ref('movement_causes') }}
    where step_order is not null
),

-- Where the unadjusted segment stands after each step, and which flags and systems hold there: first those of the
-- quarter before, then those of this one. Nothing of the average moves before its own steps.
placed as (
    select
        segment_pairs.framework_id,
        segment_pairs.quarter_id,
        segment_pairs.trust_code,
        movement_causes.cause_id,
        movement_causes.step_order,
        case
            when score_positions.cause_id is not null then score_positions.segment_at_old_cut_points
            when movement_causes.cause_id in ('restated', 'method_since_release')
                then segment_pairs.unadjusted_segment_before
            else segment_pairs.unadjusted_segment_now
        end as unadjusted_segment,
        case
            when movement_causes.cause_id in ('override', 'system')
                then coalesce(segment_pairs.has_financial_override_now, false)
            else coalesce(segment_pairs.has_financial_override_before, false)
        end as has_override,
        case
            when movement_causes.cause_id in ('override', 'system') then segment_pairs.override_segment_floor_now
            else segment_pairs.override_segment_floor_before
        end as override_segment_floor,
        case
            when movement_causes.cause_id = 'system' then segment_pairs.system_segment_steps_now
            else segment_pairs.system_segment_steps_before
        end as system_segment_steps,
        case
            when movement_causes.cause_id = 'system' then segment_pairs.worst_segment_now
            else segment_pairs.worst_segment_before
        end as worst_segment,
        -- Until the revision of the quarter before is made, the segment is the one that was released.
        coalesce(movement_causes.cause_id = 'restated' and segment_pairs.revision_cause_id <> 'restated', false)
            as is_still_as_released,
        segment_pairs.adjusted_segment_before_as_released
    from segment_pairs
    cross join movement_causes
    left join score_positions
        on
            segment_pairs.framework_id = score_positions.framework_id
            and segment_pairs.quarter_id = score_positions.quarter_id
            and segment_pairs.trust_code = score_positions.trust_code
            and movement_causes.cause_id = score_positions.cause_id
),

overridden as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cause_id,
        step_order,
        unadjusted_segment,
        {{ overridden_segment('unadjusted_segment', 'has_override', 'override_segment_floor') }}
            as overridden_segment,
        system_segment_steps,
        worst_segment,
        is_still_as_released,
        adjusted_segment_before_as_released
    from placed
),

adjusted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cause_id,
        step_order,
        unadjusted_segment,
        adjusted_segment_before_as_released,
        case
            when is_still_as_released then adjusted_segment_before_as_released
            else {{ stepped_segment('overridden_segment', 'system_segment_steps', 'worst_segment') }}
        end as adjusted_segment
    from overridden
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cause_id,
        step_order,
        unadjusted_segment,
        cast(adjusted_segment as bigint) as adjusted_segment,
        cast(
            adjusted_segment
            - coalesce(
                lag(adjusted_segment) over (partition by framework_id, quarter_id, trust_code order by step_order),
                adjusted_segment_before_as_released
            ) as bigint
        ) as segment_steps
    from adjusted
)

select * from final
