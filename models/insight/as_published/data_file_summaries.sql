with segments as (
    select * from {{ ref('segments') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

layout_bases as (
    select * from {{ ref('score_bases') }}
    where stands_in_published_layout
),

-- The average and the segments stand on a basis; a flag is a fact and has none.
figures as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        summary_measures.measure_id,
        summary_measures.unit_label,
        summary_measures.measure_label,
        summary_measures.measure_role in ('financial_override', 'improvement_programme') as is_flag,
        cast(
            case summary_measures.measure_role
                when 'average_metric_score' then delivery_scores.average_metric_score
                when 'unadjusted_segment' then segments.unadjusted_segment
                when 'financial_override'
                    then case segments.has_financial_override when true then 1 when false then 0 end
                when 'adjusted_segment' then segments.adjusted_segment
                when 'final_segment' then segments.final_segment
                when 'improvement_programme'
                    then case segments.is_in_improvement_programme when true then 1 when false then 0 end
            end as decimal(28, 10)
        ) as value_number,
        case summary_measures.measure_role
            when 'average_metric_score' then delivery_scores.average_basis
            when 'unadjusted_segment' then segments.segment_basis
            when 'adjusted_segment' then segments.segment_basis
            when 'final_segment' then segments.segment_basis
        end as score_basis,
        case summary_measures.measure_role
            when 'average_metric_score' then segments.average_score_rank
            when 'adjusted_segment' then segments.league_rank
        end as figure_rank
    from segments
    inner join delivery_scores
        on
            segments.framework_id = delivery_scores.framework_id
            and segments.quarter_id = delivery_scores.quarter_id
            and segments.trust_code = delivery_scores.trust_code
    inner join summary_measures
        on segments.framework_id = summary_measures.framework_id
),

-- A summary measure is of no domain: the layout has this word in place of one.
final as (
    select
        figures.framework_id,
        figures.quarter_id,
        figures.trust_code,
        figures.measure_id,
        figures.unit_label,
        5 as section_order,
        'Summary' as domain_label,
        'Summary' as sub_domain_label,
        figures.measure_label as metric_description,
        quarters.quarter_label as reporting_period_label,
        figures.value_number,
        figures.figure_rank
    from figures
    inner join quarters
        on
            figures.framework_id = quarters.framework_id
            and figures.quarter_id = quarters.quarter_id
    left join layout_bases
        on figures.score_basis = layout_bases.score_basis
    where figures.value_number is not null and (figures.is_flag or layout_bases.score_basis is not null)
)

select * from final
