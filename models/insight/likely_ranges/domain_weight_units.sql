with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
    where domain_score is not null
),

{{ average_of_metrics('metric_scores', 'domain_id') }},

-- The units that a domain score is made of, where it stands: a domain score that is not shown has none.
final as (
    select
        weight_units.framework_id,
        weight_units.quarter_id,
        weight_units.trust_code,
        domain_scores.trust_type_id,
        weight_units.domain_id as score_id,
        'domain_score' as resampled,
        weight_units.weight_group_id as weight_unit_id,
        weight_units.unit_score
    from weight_units
    inner join domain_scores
        on
            weight_units.framework_id = domain_scores.framework_id
            and weight_units.quarter_id = domain_scores.quarter_id
            and weight_units.trust_code = domain_scores.trust_code
            and weight_units.domain_id = domain_scores.domain_id
)

select * from final
