with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

financial_overrides as (
    select * from {{ ref('financial_overrides') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

programme_memberships as (
    select * from {{ ref('programme_memberships') }}
),

scored_quarters as (
    select * from {{ ref('scored_quarters') }}
)

select
    delivery_scores.framework_id,
    delivery_scores.quarter_id,
    delivery_scores.trust_code,
    delivery_scores.trust_type_id,
    delivery_scores.delivery_status,
    delivery_scores.average_metric_score_unrounded,
    delivery_scores.average_metric_score,
    delivery_scores.average_basis,
    segments.average_score_rank,
    delivery_scores.metrics_counted,
    delivery_scores.weight_units_counted,
    segments.unadjusted_segment,
    segments.segment_basis,
    segments.cut_point_basis,
    segments.segment_low,
    segments.segment_high,
    segments.has_financial_override,
    segments.override_basis,
    segments.override_reason,
    cast(segments.plan_and_variance as decimal(18, 4)) as plan_and_variance,
    segments.override_segment_floor,
    segments.override_file_id,
    segments.override_row_number,
    financial_overrides.is_in_deficit,
    {{ shown_unless('financial_overrides.is_deficit_support_confidential', 'financial_overrides.has_deficit_support') }}
        as has_deficit_support,
    financial_overrides.shown_limb as override_limb,
    financial_overrides.is_deficit_support_confidential,
    {{ shown_unless(
        'financial_overrides.is_deficit_support_confidential', 'financial_overrides.deficit_support_file_id'
    ) }} as deficit_support_file_id,
    {{ shown_unless(
        'financial_overrides.is_deficit_support_confidential', 'financial_overrides.deficit_support_row_number'
    ) }} as deficit_support_row_number,
    system_adjustments.scored_area_count as system_scored_area_count,
    system_adjustments.challenged_area_count as system_challenged_area_count,
    segments.system_segment_steps,
    segments.adjusted_segment,
    segments.final_segment,
    segments.final_segment_basis,
    segments.is_in_improvement_programme,
    segments.programme_measure_id,
    segments.programme_file_id,
    segments.programme_row_number,
    programme_memberships.decision_id as programme_status,
    programme_memberships.decision_from_date as programme_from_date,
    programme_memberships.listed_role as programme_decided_by_role,
    segments.league_rank,
    segments.league_trust_count,
    segments.league_rank_basis,
    scored_quarters.is_forecast
from delivery_scores
inner join segments
    on
        delivery_scores.framework_id = segments.framework_id
        and delivery_scores.quarter_id = segments.quarter_id
        and delivery_scores.trust_code = segments.trust_code
inner join scored_quarters
    on
        delivery_scores.framework_id = scored_quarters.framework_id
        and delivery_scores.quarter_id = scored_quarters.quarter_id
inner join financial_overrides
    on
        delivery_scores.framework_id = financial_overrides.framework_id
        and delivery_scores.quarter_id = financial_overrides.quarter_id
        and delivery_scores.trust_code = financial_overrides.trust_code
left join system_adjustments
    on
        delivery_scores.framework_id = system_adjustments.framework_id
        and delivery_scores.quarter_id = system_adjustments.quarter_id
        and delivery_scores.trust_code = system_adjustments.trust_code
left join programme_memberships
    on
        delivery_scores.framework_id = programme_memberships.framework_id
        and delivery_scores.quarter_id = programme_memberships.quarter_id
        and delivery_scores.trust_code = programme_memberships.trust_code
