with domain_scores as (
    select * from {{ ref('domain_scores') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

scored_quarters as (
    select * from {{ ref('scored_quarters') }}
)

select
    domain_scores.framework_id,
    domain_scores.quarter_id,
    domain_scores.trust_code,
    domain_scores.domain_id,
    domain_scores.trust_type_id,
    domain_scores.domain_status,
    domain_scores.domain_score_unrounded,
    domain_scores.domain_score,
    domain_scores.domain_score_basis,
    score_segments.score_rank as domain_score_rank,
    score_segments.segment as domain_segment,
    score_segments.segment_basis as domain_segment_basis,
    score_segments.cut_point_basis,
    score_segments.segment_low,
    score_segments.segment_high,
    domain_scores.metrics_counted,
    domain_scores.weight_units_counted,
    scored_quarters.is_forecast
from domain_scores
inner join scored_quarters
    on
        domain_scores.framework_id = scored_quarters.framework_id
        and domain_scores.quarter_id = scored_quarters.quarter_id
left join score_segments
    on
        domain_scores.framework_id = score_segments.framework_id
        and domain_scores.quarter_id = score_segments.quarter_id
        and domain_scores.trust_code = score_segments.trust_code
        and domain_scores.domain_id = score_segments.score_id
