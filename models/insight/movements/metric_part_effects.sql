with metric_movements as (
    select * from {{ ref('metric_movements') }}
),

score_shifts as (
    select * from {{ ref('score_shifts') }}
),

common_averages as (
    select * from {{ ref('common_averages') }}
),

common_totals as (
    select distinct
        framework_id,
        quarter_id,
        trust_code,
        average_before,
        average_now
    from common_averages
),

compared_quarters as (
    select * from {{ ref('compared_quarters') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

-- A metric that came or went is measured against what it joined or left: the others of its weight group where one of
-- them stayed, otherwise the average of all that stayed. So the weight that it took or gave is part of it.
came_or_went as (
    select
        metric_movements.framework_id,
        metric_movements.quarter_id,
        metric_movements.trust_code,
        metric_movements.metric_id,
        metric_movements.metric_standing,
        case metric_movements.metric_standing
            when 'entered'
                then
                    (
                        metric_movements.averaged_score_now
                        - coalesce(
                            common_averages.unit_score_now,
                            common_totals.average_now,
                            delivery_scores.average_metric_score_unrounded
                        )
                    ) / metric_movements.weight_divisor_now
            else
                (
                    coalesce(
                        common_averages.unit_score_before,
                        common_totals.average_before,
                        delivery_scores.average_metric_score_unrounded
                    )
                    - metric_movements.averaged_score_before
                ) / metric_movements.weight_divisor_before
        end as effect
    from metric_movements
    inner join compared_quarters
        on
            metric_movements.framework_id = compared_quarters.framework_id
            and metric_movements.quarter_id = compared_quarters.quarter_id
            and metric_movements.trust_code = compared_quarters.trust_code
    inner join delivery_scores
        on
            compared_quarters.framework_id = delivery_scores.framework_id
            and compared_quarters.earlier_quarter_id = delivery_scores.quarter_id
            and compared_quarters.trust_code = delivery_scores.trust_code
    left join common_averages
        on
            metric_movements.framework_id = common_averages.framework_id
            and metric_movements.quarter_id = common_averages.quarter_id
            and metric_movements.trust_code = common_averages.trust_code
            and metric_movements.weight_group_id = common_averages.weight_group_id
    left join common_totals
        on
            metric_movements.framework_id = common_totals.framework_id
            and metric_movements.quarter_id = common_totals.quarter_id
            and metric_movements.trust_code = common_totals.trust_code
    where metric_movements.metric_standing <> 'stayed'
),

-- A metric that stayed moves the average with the weight that it has among those that stayed.
stayed as (
    select
        score_shifts.framework_id,
        score_shifts.quarter_id,
        score_shifts.trust_code,
        score_shifts.metric_id,
        score_shifts.own_shift / common_averages.common_divisor as own_effect,
        score_shifts.pool_shift / common_averages.common_divisor as pool_effect,
        score_shifts.own_or_pool_shift / common_averages.common_divisor as own_or_pool_effect,
        score_shifts.method_shift / common_averages.common_divisor as method_effect
    from score_shifts
    inner join common_averages
        on
            score_shifts.framework_id = common_averages.framework_id
            and score_shifts.quarter_id = common_averages.quarter_id
            and score_shifts.trust_code = common_averages.trust_code
            and score_shifts.weight_group_id = common_averages.weight_group_id
),

unioned as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'own' as part_id,
        own_effect as effect
    from stayed
    where own_effect is not null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'pool' as part_id,
        pool_effect as effect
    from stayed
    where pool_effect is not null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'own_or_pool' as part_id,
        own_or_pool_effect as effect
    from stayed
    where own_or_pool_effect is not null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'method' as part_id,
        method_effect as effect
    from stayed
    where method_effect is not null
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        metric_standing as part_id,
        effect
    from came_or_went
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        part_id,
        {{ exact_score('effect') }} as effect
    from unioned
)

select * from final
