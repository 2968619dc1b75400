with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
    where delivery_status = 'scored'
),

-- Rules 2: each weight unit weighs as one, and the metrics of a weight group share its weight.
gathered as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.metric_id,
        metric_scores.weight_group_id,
        delivery_scores.weight_units_counted
        * count(*) over (
            partition by
                metric_scores.framework_id,
                metric_scores.quarter_id,
                metric_scores.trust_code,
                metric_scores.weight_group_id
        ) as weight_divisor,
        metric_values.value_number,
        metric_values.value_label,
        metric_scores.scoring_family,
        metric_scores.metric_score,
        metric_scores.averaged_score,
        metric_scores.is_rounded_before_averaging,
        metric_scores.score_basis,
        metric_scores.is_fixed_part,
        metric_scores.is_pool_complete,
        metric_scores.pool_partition_id,
        -- A place among the trusts that happen to be in hand is none.
        case
            when not ({{ is_adopted('metric_scores.score_basis') }}) then metric_scores.pool_rank
        end as pool_rank,
        case
            when not ({{ is_adopted('metric_scores.score_basis') }}) then metric_scores.ranked_count
        end as ranked_count
    from metric_scores
    inner join delivery_scores
        on
            metric_scores.framework_id = delivery_scores.framework_id
            and metric_scores.quarter_id = delivery_scores.quarter_id
            and metric_scores.trust_code = delivery_scores.trust_code
    inner join metric_values
        on
            metric_scores.framework_id = metric_values.framework_id
            and metric_scores.quarter_id = metric_values.quarter_id
            and metric_scores.trust_code = metric_values.trust_code
            and metric_scores.metric_id = metric_values.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        weight_group_id,
        weight_divisor,
        {{ exact_score('1 / weight_divisor') }} as weight,
        value_number,
        value_label,
        scoring_family,
        metric_score,
        averaged_score,
        is_rounded_before_averaging,
        score_basis,
        is_fixed_part,
        is_pool_complete,
        pool_partition_id,
        pool_rank,
        ranked_count
    from gathered
)

select * from final
