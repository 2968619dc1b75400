{#- Domain scores and the average in one shape, by the identifier of the score: segments are cut from both in
    the same way, and from the rounded scores (rules 3). Reads the CTEs `domain_scores`, `delivery_scores` and
    `summary_measures`; gives the CTE `scores`. -#}
{% macro scores_in_one_shape() -%}
scores as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        domain_id as score_id,
        domain_score as score,
        domain_score_basis as score_basis
    from domain_scores
    where domain_score is not null
    union all
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        delivery_scores.trust_type_id,
        summary_measures.measure_id as score_id,
        delivery_scores.average_metric_score as score,
        delivery_scores.average_basis as score_basis
    from delivery_scores
    inner join summary_measures
        on delivery_scores.framework_id = summary_measures.framework_id
    where
        delivery_scores.average_metric_score is not null
        and summary_measures.measure_role = 'average_metric_score'
)
{%- endmacro %}
