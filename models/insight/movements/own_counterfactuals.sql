with metric_movements as (
    select * from {{ ref('metric_movements') }}
    where
        metric_standing = 'stayed'
        and value_before <> value_now
        and pool_partition_before = pool_partition_now
        -- Only a pool in hand by value says where another value would have stood in it.
        and (is_pool_complete_before or score_basis_before = 'computed_partial_pool')
),

standard_counterfactuals as (
    select * from {{ ref('standard_counterfactuals') }}
),

compared_quarters as (
    select * from {{ ref('compared_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
    where has_ranked_part
),

metric_parts as (
    select * from {{ ref('metric_parts') }}
    where not is_fixed_part
),

others as (
    select
        metric_parts.framework_id,
        metric_parts.quarter_id,
        metric_parts.trust_code,
        metric_parts.metric_id,
        metric_parts.pool_partition_id,
        case metrics.polarity
            when 'lower' then metric_parts.value_number
            when 'higher' then -metric_parts.value_number
        end as badness
    from metric_parts
    inner join metrics
        on
            metric_parts.framework_id = metrics.framework_id
            and metric_parts.metric_id = metrics.metric_id
),

asked as (
    select
        metric_movements.framework_id,
        metric_movements.quarter_id,
        compared_quarters.earlier_quarter_id,
        metric_movements.trust_code,
        metric_movements.metric_id,
        metric_movements.pool_partition_before as pool_partition_id,
        metric_movements.is_fixed_part_before,
        scoring_families.fixed_score,
        scoring_families.ranked_low,
        scoring_families.ranked_high,
        case metrics.polarity
            when 'lower' then metric_movements.value_before
            when 'higher' then -metric_movements.value_before
        end as badness_before,
        case metrics.polarity
            when 'lower' then metric_movements.value_now
            when 'higher' then -metric_movements.value_now
        end as badness_now
    from metric_movements
    inner join compared_quarters
        on
            metric_movements.framework_id = compared_quarters.framework_id
            and metric_movements.quarter_id = compared_quarters.quarter_id
            and metric_movements.trust_code = compared_quarters.trust_code
    inner join metrics
        on
            metric_movements.framework_id = metrics.framework_id
            and metric_movements.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    left join standard_counterfactuals
        on
            metric_movements.framework_id = standard_counterfactuals.framework_id
            and metric_movements.quarter_id = standard_counterfactuals.quarter_id
            and metric_movements.trust_code = standard_counterfactuals.trust_code
            and metric_movements.metric_id = standard_counterfactuals.metric_id
    where
        not coalesce(standard_counterfactuals.is_fixed_part_at_old_standard, metric_movements.is_fixed_part_now)
        -- What another standard did must be told apart first.
        and (
            standard_counterfactuals.metric_id is null
            or standard_counterfactuals.score_now_at_old_standard is not null
        )
),

-- Rules 1: competition rank by value among the others that were ranked in the quarter before.
placed as (
    select
        asked.framework_id,
        asked.quarter_id,
        asked.trust_code,
        asked.metric_id,
        1 + count(others.trust_code) as ranked_count,
        1 + sum(case when others.badness < asked.badness_before then 1 else 0 end) as place_before,
        1 + sum(case when others.badness < asked.badness_now then 1 else 0 end) as place_now
    from asked
    left join others
        on
            asked.framework_id = others.framework_id
            and asked.earlier_quarter_id = others.quarter_id
            and asked.metric_id = others.metric_id
            and asked.pool_partition_id = others.pool_partition_id
            and asked.trust_code <> others.trust_code
    group by asked.framework_id, asked.quarter_id, asked.trust_code, asked.metric_id
),

final as (
    select
        asked.framework_id,
        asked.quarter_id,
        asked.trust_code,
        asked.metric_id,
        cast(placed.ranked_count as bigint) as ranked_count_at_old_pool,
        cast(case when not asked.is_fixed_part_before then placed.place_before end as bigint) as old_place_by_value,
        cast(placed.place_now as bigint) as new_place_at_old_pool,
        case
            when asked.is_fixed_part_before then {{ exact_score('asked.fixed_score') }}
            else {{ ranked_score(
                'asked.ranked_low', 'asked.ranked_high', 'placed.place_before', 'placed.ranked_count'
            ) }}
        end as old_score_by_value,
        {{ ranked_score('asked.ranked_low', 'asked.ranked_high', 'placed.place_now', 'placed.ranked_count') }}
            as new_score_at_old_pool
    from asked
    inner join placed
        on
            asked.framework_id = placed.framework_id
            and asked.quarter_id = placed.quarter_id
            and asked.trust_code = placed.trust_code
            and asked.metric_id = placed.metric_id
)

select * from final
