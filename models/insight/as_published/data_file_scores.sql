with metric_scores as (
    select * from {{ ref('metric_scores') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

domains as (
    select * from {{ ref('domains') }}
),

-- The layout has no column for a basis, so a score made with a pool that is not complete stays out of it.
layout_bases as (
    select * from {{ ref('score_bases') }}
    where stands_in_published_layout
),

-- The unit is a word of the layout.
final as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.score_id as measure_id,
        'score' as unit_label,
        2 as section_order,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_label as metric_description,
        metric_values.reporting_period_label,
        cast(metric_scores.metric_score_rounded as decimal(28, 10)) as value_number,
        value_ranks.value_rank as figure_rank
    from metric_scores
    inner join layout_bases
        on metric_scores.score_basis = layout_bases.score_basis
    inner join metric_values
        on
            metric_scores.framework_id = metric_values.framework_id
            and metric_scores.quarter_id = metric_values.quarter_id
            and metric_scores.trust_code = metric_values.trust_code
            and metric_scores.metric_id = metric_values.metric_id
    inner join metrics
        on
            metric_scores.framework_id = metrics.framework_id
            and metric_scores.metric_id = metrics.metric_id
    inner join domains
        on
            metrics.framework_id = domains.framework_id
            and metrics.domain_id = domains.domain_id
    left join value_ranks
        on
            metric_scores.framework_id = value_ranks.framework_id
            and metric_scores.quarter_id = value_ranks.quarter_id
            and metric_scores.trust_code = value_ranks.trust_code
            and metric_scores.metric_id = value_ranks.metric_id
)

select * from final
