with sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

case_averages as (
    select * from {{ ref('case_averages') }}
),

case_partitions as (
    select * from {{ ref('case_partitions') }}
),

case_cut_points as (
    select * from {{ ref('case_cut_points') }}
),

cut_point_bases as (
    select * from {{ ref('cut_point_bases') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

segments as (
    select * from {{ ref('segments') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

compared as (
    select
        case_averages.framework_id,
        case_averages.quarter_id,
        case_averages.case_id,
        case_averages.trust_code,
        case_cut_points.cut_point_basis,
        {{ is_beyond_cut_point(
            'case_averages.average_score', 'case_cut_points.cut_point', 'case_partitions.is_cut_point_inside'
        ) }} as is_beyond,
        average_bases.weakness_order as average_weakness,
        cut_bases.weakness_order as cut_weakness
    from case_averages
    inner join case_partitions
        on
            case_averages.framework_id = case_partitions.framework_id
            and case_averages.quarter_id = case_partitions.quarter_id
            and case_averages.case_id = case_partitions.case_id
            and case_averages.trust_type_id = case_partitions.trust_type_id
    inner join case_cut_points
        on
            case_partitions.framework_id = case_cut_points.framework_id
            and case_partitions.quarter_id = case_cut_points.quarter_id
            and case_partitions.case_id = case_cut_points.case_id
            and case_partitions.cut_partition_id = case_cut_points.cut_partition_id
    inner join score_bases as average_bases
        on case_averages.average_basis = average_bases.score_basis
    inner join cut_point_bases
        on case_cut_points.cut_point_basis = cut_point_bases.cut_point_basis
    inner join score_bases as cut_bases
        on cut_point_bases.score_basis = cut_bases.score_basis
    where case_averages.average_status = 'scored'
),

segmented as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_code,
        {{ segment_after('is_beyond') }} as unadjusted_segment,
        min(cut_point_basis) as cut_point_basis,
        max(greatest(average_weakness, cut_weakness)) as weakness_order
    from compared
    group by framework_id, quarter_id, case_id, trust_code
),

flagged as (
    select
        segmented.framework_id,
        segmented.quarter_id,
        segmented.case_id,
        segmented.trust_code,
        segmented.unadjusted_segment,
        segmented.cut_point_basis,
        score_bases.score_basis as segment_basis,
        case when not sensitivity_cases.has_override then false else segments.has_financial_override end
            as has_financial_override,
        segments.override_segment_floor,
        segments.system_segment_steps,
        system_adjustments.worst_segment
    from segmented
    inner join score_bases
        on segmented.weakness_order = score_bases.weakness_order
    inner join sensitivity_cases
        on
            segmented.framework_id = sensitivity_cases.framework_id
            and segmented.case_id = sensitivity_cases.case_id
    inner join segments
        on
            segmented.framework_id = segments.framework_id
            and segmented.quarter_id = segments.quarter_id
            and segmented.trust_code = segments.trust_code
    left join system_adjustments
        on
            segmented.framework_id = system_adjustments.framework_id
            and segmented.quarter_id = system_adjustments.quarter_id
            and segmented.trust_code = system_adjustments.trust_code
),

overridden as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_code,
        unadjusted_segment,
        cut_point_basis,
        segment_basis,
        {{ overridden_segment('unadjusted_segment', 'has_financial_override', 'override_segment_floor') }}
            as overridden_segment,
        system_segment_steps,
        worst_segment
    from flagged
),

adjusted as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_code,
        unadjusted_segment,
        cut_point_basis,
        segment_basis,
        {{ stepped_segment('overridden_segment', 'system_segment_steps', 'worst_segment') }} as adjusted_segment
    from overridden
),

final as (
    select
        case_averages.framework_id,
        case_averages.quarter_id,
        case_averages.case_id,
        case_averages.trust_code,
        case_averages.trust_type_id,
        case
            when case_averages.average_status <> 'scored' then case_averages.average_status
            when adjusted.unadjusted_segment is null then 'not_computable'
            when adjusted.adjusted_segment is null then 'override_unknown'
            else 'scored'
        end as case_status,
        case_averages.average_score,
        case_partitions.cut_treatment,
        adjusted.cut_point_basis,
        adjusted.segment_basis,
        adjusted.unadjusted_segment,
        adjusted.adjusted_segment
    from case_averages
    left join case_partitions
        on
            case_averages.framework_id = case_partitions.framework_id
            and case_averages.quarter_id = case_partitions.quarter_id
            and case_averages.case_id = case_partitions.case_id
            and case_averages.trust_type_id = case_partitions.trust_type_id
    left join adjusted
        on
            case_averages.framework_id = adjusted.framework_id
            and case_averages.quarter_id = adjusted.quarter_id
            and case_averages.case_id = adjusted.case_id
            and case_averages.trust_code = adjusted.trust_code
)

select * from final
