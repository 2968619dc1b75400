with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
    where average_metric_score is not null
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

{{ average_of_metrics('metric_scores') }},

-- The units that the average is made of, where it stands: an average that is not shown has none.
final as (
    select
        weight_units.framework_id,
        weight_units.quarter_id,
        weight_units.trust_code,
        delivery_scores.trust_type_id,
        summary_measures.measure_id as score_id,
        'average_metric_score' as resampled,
        weight_units.weight_group_id as weight_unit_id,
        weight_units.unit_score
    from weight_units
    inner join delivery_scores
        on
            weight_units.framework_id = delivery_scores.framework_id
            and weight_units.quarter_id = delivery_scores.quarter_id
            and weight_units.trust_code = delivery_scores.trust_code
    inner join summary_measures
        on weight_units.framework_id = summary_measures.framework_id
)

select * from final
