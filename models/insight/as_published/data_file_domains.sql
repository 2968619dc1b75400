with domain_scores as (
    select * from {{ ref('domain_scores') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

domains as (
    select * from {{ ref('domains') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

layout_bases as (
    select * from {{ ref('score_bases') }}
    where stands_in_published_layout
),

-- Units, and the descriptions made with them below, are words of the layout. Only the score is ranked there.
figures as (
    select
        domain_scores.framework_id,
        domain_scores.quarter_id,
        domain_scores.trust_code,
        domain_scores.domain_id,
        'score' as unit_label,
        3 as section_order,
        cast(domain_scores.domain_score as decimal(28, 10)) as value_number,
        domain_scores.domain_score_basis as score_basis,
        score_segments.score_rank as figure_rank
    from domain_scores
    left join score_segments
        on
            domain_scores.framework_id = score_segments.framework_id
            and domain_scores.quarter_id = score_segments.quarter_id
            and domain_scores.trust_code = score_segments.trust_code
            and domain_scores.domain_id = score_segments.score_id
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        score_id as domain_id,
        'segment' as unit_label,
        4 as section_order,
        cast(segment as decimal(28, 10)) as value_number,
        segment_basis as score_basis,
        cast(null as bigint) as figure_rank
    from score_segments
),

final as (
    select
        figures.framework_id,
        figures.quarter_id,
        figures.trust_code,
        case figures.unit_label
            when 'score' then domains.domain_id
            when 'segment' then domains.domain_segment_id
        end as measure_id,
        figures.unit_label,
        figures.section_order,
        domains.domain_label,
        domains.domain_label || ' domain ' || figures.unit_label as sub_domain_label,
        domains.domain_label || ' domain ' || figures.unit_label as metric_description,
        quarters.quarter_label as reporting_period_label,
        figures.value_number,
        figures.figure_rank
    from figures
    inner join layout_bases
        on figures.score_basis = layout_bases.score_basis
    -- Segments of the average are no row of a domain.
    inner join domains
        on
            figures.framework_id = domains.framework_id
            and figures.domain_id = domains.domain_id
    inner join quarters
        on
            figures.framework_id = quarters.framework_id
            and figures.quarter_id = quarters.quarter_id
)

select * from final
