with case_segments as (
    select * from {{ ref('case_segments') }}
),

sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

published_figures as (
    select * from {{ ref('published_figures') }}
    where figure_kind in ('unadjusted_segment', 'league_rank')
),

published as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cast(max(case when figure_kind = 'unadjusted_segment' then published_figure end) as bigint)
            as published_unadjusted_segment,
        cast(max(case when figure_kind = 'league_rank' then published_figure end) as bigint)
            as published_league_rank
    from published_figures
    group by framework_id, quarter_id, trust_code
),

league as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_code,
        {{ league_rank(
            ['framework_id', 'quarter_id', 'case_id', 'trust_type_id'], 'adjusted_segment', 'average_score'
        ) }} as league_rank
    from case_segments
    where adjusted_segment is not null
),

-- What a case changes is measured against the figures of the framework itself, not against those of a case.
final as (
    select
        case_segments.framework_id,
        case_segments.quarter_id,
        case_segments.case_id,
        case_segments.trust_code,
        case_segments.trust_type_id,
        sensitivity_cases.case_kind,
        case_segments.case_status,
        case_segments.cut_treatment,
        case_segments.cut_point_basis,
        case_segments.segment_basis,
        case_segments.average_score,
        case_segments.unadjusted_segment,
        case_segments.adjusted_segment,
        league.league_rank,
        delivery_scores.average_metric_score as scored_average,
        segments.unadjusted_segment as scored_unadjusted_segment,
        segments.adjusted_segment as scored_adjusted_segment,
        segments.league_rank as scored_league_rank,
        case_segments.adjusted_segment - segments.adjusted_segment as segment_change,
        league.league_rank - segments.league_rank as rank_change,
        published.published_unadjusted_segment,
        published.published_league_rank
    from case_segments
    inner join sensitivity_cases
        on
            case_segments.framework_id = sensitivity_cases.framework_id
            and case_segments.case_id = sensitivity_cases.case_id
    inner join segments
        on
            case_segments.framework_id = segments.framework_id
            and case_segments.quarter_id = segments.quarter_id
            and case_segments.trust_code = segments.trust_code
    inner join delivery_scores
        on
            case_segments.framework_id = delivery_scores.framework_id
            and case_segments.quarter_id = delivery_scores.quarter_id
            and case_segments.trust_code = delivery_scores.trust_code
    left join league
        on
            case_segments.framework_id = league.framework_id
            and case_segments.quarter_id = league.quarter_id
            and case_segments.case_id = league.case_id
            and case_segments.trust_code = league.trust_code
    left join published
        on
            case_segments.framework_id = published.framework_id
            and case_segments.quarter_id = published.quarter_id
            and case_segments.trust_code = published.trust_code
)

select * from final
