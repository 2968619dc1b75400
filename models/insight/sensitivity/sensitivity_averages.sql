with variants as (
    select * from {{ ref('sensitivity_variants') }}
    where averages_over = 'metrics'
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

domain_averages as (
    select * from {{ ref('sensitivity_domain_averages') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

-- A mean of domains is the same mean, each domain a part that weighs as one.
parts as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        variants.variant_id,
        metric_scores.weight_group_id,
        metric_scores.averaged_score,
        metric_scores.score_basis
    from metric_scores
    inner join variants
        on metric_scores.framework_id = variants.framework_id
    where variants.left_out_metric_id is null or metric_scores.metric_id <> variants.left_out_metric_id
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        variant_id,
        domain_id as weight_group_id,
        domain_score_unrounded as averaged_score,
        domain_score_basis as score_basis
    from domain_averages
),

{{ average_of_metrics('parts', 'variant_id') }},

final as (
    select
        averages.framework_id,
        averages.quarter_id,
        averages.trust_code,
        averages.variant_id,
        averages.average_score as average_score_unrounded,
        score_bases.score_basis as average_basis,
        averages.weight_units_counted as parts_counted
    from averages
    inner join score_bases
        on averages.weakness_order = score_bases.weakness_order
)

select * from final
