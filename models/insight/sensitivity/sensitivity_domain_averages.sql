with variants as (
    select * from {{ ref('sensitivity_variants') }}
    where averages_over = 'domains'
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

parts as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        variants.variant_id,
        metric_scores.domain_id,
        metric_scores.weight_group_id,
        metric_scores.averaged_score,
        metric_scores.score_basis
    from metric_scores
    inner join variants
        on metric_scores.framework_id = variants.framework_id
    where variants.left_out_metric_id is null or metric_scores.metric_id <> variants.left_out_metric_id
),

{{ average_of_metrics('parts', ['variant_id', 'domain_id']) }},

final as (
    select
        averages.framework_id,
        averages.quarter_id,
        averages.trust_code,
        averages.variant_id,
        averages.domain_id,
        averages.average_score as domain_score_unrounded,
        score_bases.score_basis as domain_score_basis
    from averages
    inner join score_bases
        on averages.weakness_order = score_bases.weakness_order
)

select * from final
