with segments as (
    select * from {{ ref('segments') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

gathered as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        segments.unadjusted_segment,
        segments.adjusted_segment,
        segments.override_segment_floor,
        segments.is_in_improvement_programme,
        frameworks.programme_segment,
        coalesce(system_adjustments.segment_steps, 0) as segment_steps,
        coalesce(system_adjustments.worst_segment, frameworks.programme_segment) as worst_segment
    from segments
    inner join frameworks
        on segments.framework_id = frameworks.framework_id
    left join system_adjustments
        on
            segments.framework_id = system_adjustments.framework_id
            and segments.quarter_id = system_adjustments.quarter_id
            and segments.trust_code = system_adjustments.trust_code
),

-- Rules 3: itself where it is known; with and without the override where only that is unknown; any (empty) where
-- there is no unadjusted segment.
adjusted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        is_in_improvement_programme,
        adjusted_segment as segment
    from gathered
    where adjusted_segment is not null or unadjusted_segment is null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        is_in_improvement_programme,
        least(unadjusted_segment + segment_steps, worst_segment) as segment
    from gathered
    where adjusted_segment is null and unadjusted_segment is not null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        is_in_improvement_programme,
        least(greatest(unadjusted_segment, override_segment_floor) + segment_steps, worst_segment) as segment
    from gathered
    where adjusted_segment is null and unadjusted_segment is not null
),

-- Rules 3, final segment: that of the programme for a trust in it, the adjusted one for a trust outside, and either
-- where nothing says which.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        'adjusted_segment' as segment_kind,
        segment
    from adjusted
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        'final_segment' as segment_kind,
        segment
    from adjusted
    where not coalesce(is_in_improvement_programme, false)
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        'final_segment' as segment_kind,
        programme_segment as segment
    from gathered
    where coalesce(is_in_improvement_programme, true)
)

select * from final
