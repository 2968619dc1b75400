with segments as (
    select * from {{ ref('segments') }}
    where league_rank is not null
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

likely_ranges as (
    select * from {{ ref('likely_ranges') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
)

-- Rules 3: the league tables show the adjusted segment, not the final one.
select
    segments.framework_id,
    segments.quarter_id,
    segments.trust_code,
    quarters.quarter_label,
    trust_quarters.region_label,
    segments.trust_type_id,
    trust_types.trust_type_label,
    trust_quarters.trust_subtype_label,
    trust_quarters.trust_name,
    delivery_scores.average_metric_score as average_score,
    likely_ranges.score_range_label as likely_range_of_average_score,
    segments.adjusted_segment as segment,
    case segments.has_financial_override
        when true then 'Yes'
        when false then 'No'
        else ''
    end as trust_in_financial_deficit,
    segments.league_rank as rank,
    segments.league_rank_basis,
    likely_ranges.rank_range_label as likely_range_of_rank,
    quarters.is_forecast
from segments
inner join delivery_scores
    on
        segments.framework_id = delivery_scores.framework_id
        and segments.quarter_id = delivery_scores.quarter_id
        and segments.trust_code = delivery_scores.trust_code
inner join trust_quarters
    on
        segments.framework_id = trust_quarters.framework_id
        and segments.quarter_id = trust_quarters.quarter_id
        and segments.trust_code = trust_quarters.trust_code
inner join quarters
    on
        segments.framework_id = quarters.framework_id
        and segments.quarter_id = quarters.quarter_id
inner join trust_types
    on segments.trust_type_id = trust_types.trust_type_id
left join summary_measures
    on segments.framework_id = summary_measures.framework_id
left join likely_ranges
    on
        segments.framework_id = likely_ranges.framework_id
        and segments.quarter_id = likely_ranges.quarter_id
        and segments.trust_code = likely_ranges.trust_code
        and summary_measures.measure_id = likely_ranges.score_id
