with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

drawn_change_ranges as (
    select * from {{ ref('drawn_change_ranges') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

standing as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        delivery_scores.trust_type_id,
        delivery_scores.average_metric_score,
        score_bases.weakness_order,
        segments.unadjusted_segment,
        segments.adjusted_segment,
        segments.has_financial_override,
        segments.override_segment_floor,
        segments.system_segment_steps,
        system_adjustments.worst_segment
    from delivery_scores
    inner join segments
        on
            delivery_scores.framework_id = segments.framework_id
            and delivery_scores.quarter_id = segments.quarter_id
            and delivery_scores.trust_code = segments.trust_code
    left join system_adjustments
        on
            delivery_scores.framework_id = system_adjustments.framework_id
            and delivery_scores.quarter_id = system_adjustments.quarter_id
            and delivery_scores.trust_code = system_adjustments.trust_code
    left join score_bases
        on delivery_scores.average_basis = score_bases.score_basis
),

compared as (
    select
        now.framework_id,
        now.quarter_id,
        now.trust_code,
        now.trust_type_id,
        earlier.quarter_id as previous_quarter_id,
        earlier.average_metric_score as previous_average_metric_score,
        now.average_metric_score,
        earlier.unadjusted_segment as previous_unadjusted_segment,
        now.unadjusted_segment,
        earlier.adjusted_segment as previous_adjusted_segment,
        now.adjusted_segment,
        earlier.has_financial_override as previous_has_financial_override,
        now.has_financial_override,
        now.system_segment_steps,
        now.worst_segment,
        -- What the segment would be had the override stayed as it was.
        {{ overridden_segment(
            'now.unadjusted_segment', 'earlier.has_financial_override', 'now.override_segment_floor'
        ) }} as segment_under_previous_override,
        greatest(now.weakness_order, earlier.weakness_order) as weakness_order
    from standing as now
    left join quarters
        on now.quarter_id = quarters.quarter_id
    left join standing as earlier
        on
            now.framework_id = earlier.framework_id
            and quarters.previous_quarter_id = earlier.quarter_id
            and now.trust_code = earlier.trust_code
),

judged as (
    select
        compared.framework_id,
        compared.quarter_id,
        compared.trust_code,
        compared.trust_type_id,
        compared.previous_quarter_id,
        compared.previous_average_metric_score,
        compared.average_metric_score,
        compared.average_metric_score - compared.previous_average_metric_score as score_change,
        compared.previous_adjusted_segment,
        compared.adjusted_segment,
        compared.previous_has_financial_override,
        compared.has_financial_override,
        compared.weakness_order,
        compared.adjusted_segment <> compared.previous_adjusted_segment as is_segment_changed,
        -- By the override alone: with the flag of the quarter before the segment would have stayed.
        compared.adjusted_segment <> compared.previous_adjusted_segment
        and {{ stepped_segment(
            'compared.segment_under_previous_override', 'compared.system_segment_steps', 'compared.worst_segment'
        ) }} = compared.previous_adjusted_segment as is_changed_by_override,
        drawn_change_ranges.unit_count,
        drawn_change_ranges.draw_count,
        drawn_change_ranges.draws_better,
        drawn_change_ranges.draws_worse,
        drawn_change_ranges.change_low,
        drawn_change_ranges.change_high,
        drawn_change_ranges.covered_share,
        drawn_change_ranges.is_significant
    from compared
    left join drawn_change_ranges
        on
            compared.framework_id = drawn_change_ranges.framework_id
            and compared.quarter_id = drawn_change_ranges.quarter_id
            and compared.trust_code = drawn_change_ranges.trust_code
),

final as (
    select
        judged.framework_id,
        judged.quarter_id,
        judged.trust_code,
        judged.trust_type_id,
        judged.previous_quarter_id,
        case
            when
                judged.score_change is null
                or judged.is_significant is null
                or judged.is_segment_changed is null
                then 'not_compared'
            when judged.is_changed_by_override then 'override'
            when judged.is_segment_changed and judged.is_significant then 'significant'
            when judged.is_segment_changed then 'not_significant'
            when judged.is_significant then 'significant_same_segment'
            else 'not_significant_same_segment'
        end as change_group,
        judged.previous_average_metric_score,
        judged.average_metric_score,
        judged.score_change,
        judged.change_low,
        judged.change_high,
        judged.is_significant,
        judged.previous_adjusted_segment,
        judged.adjusted_segment,
        judged.is_segment_changed,
        judged.previous_has_financial_override,
        judged.has_financial_override,
        judged.unit_count as units_compared,
        judged.draws_better,
        judged.draws_worse,
        judged.draw_count,
        judged.covered_share,
        score_bases.score_basis as change_basis
    from judged
    left join score_bases
        on judged.weakness_order = score_bases.weakness_order
)

select * from final
