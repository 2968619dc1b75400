with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
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
    segments.adjusted_segment,
    segments.final_segment,
    segments.final_segment_basis,
    segments.is_in_improvement_programme,
    segments.programme_measure_id,
    segments.programme_file_id,
    segments.programme_row_number,
    segments.league_rank,
    segments.league_trust_count,
    segments.league_rank_basis
from delivery_scores
inner join segments
    on
        delivery_scores.framework_id = segments.framework_id
        and delivery_scores.quarter_id = segments.quarter_id
        and delivery_scores.trust_code = segments.trust_code
