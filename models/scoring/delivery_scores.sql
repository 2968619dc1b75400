with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

-- A metric that stands alone is its own weight group.
{{ average_of_metrics('metric_scores', none, 'metric_scores.weight_group_id = metric_scores.metric_id') }},

judged as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        trust_quarters.trust_type_id,
        case
            when not trust_type_completeness.is_complete then 'incomplete'
            when averages.average_score is null then 'no_metrics'
            else 'scored'
        end as delivery_status,
        averages.average_score,
        averages.metrics_counted,
        averages.weight_units_counted,
        averages.lowest_part_score,
        averages.highest_part_score,
        averages.weakness_order
    from trust_quarters
    inner join trust_type_completeness
        on
            trust_quarters.framework_id = trust_type_completeness.framework_id
            and trust_quarters.quarter_id = trust_type_completeness.quarter_id
            and trust_quarters.trust_type_id = trust_type_completeness.trust_type_id
    left join averages
        on
            trust_quarters.framework_id = averages.framework_id
            and trust_quarters.quarter_id = averages.quarter_id
            and trust_quarters.trust_code = averages.trust_code
),

final as (
    select
        judged.framework_id,
        judged.quarter_id,
        judged.trust_code,
        judged.trust_type_id,
        judged.delivery_status,
        case when judged.delivery_status = 'scored' then judged.average_score end
            as average_metric_score_unrounded,
        case
            when judged.delivery_status = 'scored'
                then cast({{ round_half_up('judged.average_score') }} as decimal(6, 2))
        end as average_metric_score,
        case when judged.delivery_status = 'scored' then score_bases.score_basis end as average_basis,
        coalesce(judged.metrics_counted, 0) as metrics_counted,
        coalesce(judged.weight_units_counted, 0) as weight_units_counted,
        case when judged.delivery_status = 'scored' then judged.lowest_part_score end as lowest_part_score,
        case when judged.delivery_status = 'scored' then judged.highest_part_score end as highest_part_score
    from judged
    left join score_bases
        on judged.weakness_order = score_bases.weakness_order
)

select * from final
