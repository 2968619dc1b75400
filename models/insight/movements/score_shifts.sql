{%- set score_now -%}
    coalesce(standard_counterfactuals.score_now_at_old_standard, metric_movements.metric_score_now)
{%- endset -%}
with metric_movements as (
    select * from {{ ref('metric_movements') }}
    where metric_standing = 'stayed'
),

own_counterfactuals as (
    select * from {{ ref('own_counterfactuals') }}
),

standard_counterfactuals as (
    select * from {{ ref('standard_counterfactuals') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

-- As the method of the quarter before would have had it, which rounded some scores before averaging or had another
-- standard (rules 1).
by_old_method as (
    select
        metric_movements.framework_id,
        metric_movements.quarter_id,
        metric_movements.trust_code,
        metric_movements.metric_id,
        metric_movements.weight_group_id,
        metric_movements.averaged_score_before,
        metric_movements.averaged_score_now,
        metric_movements.is_rounded_before <> metric_movements.is_rounded_now
        or standard_counterfactuals.score_now_at_old_standard is not null as is_method_changed,
        case
            when
                metric_movements.is_rounded_before = metric_movements.is_rounded_now
                and standard_counterfactuals.score_now_at_old_standard is null
                then metric_movements.averaged_score_now
            when metric_movements.is_rounded_before
                then {{ exact_score(round_half_up(score_now)) }}
            else {{ score_now }}
        end as score_now,
        case
            when metric_movements.is_rounded_before
                then {{ exact_score(round_half_up('own_counterfactuals.old_score_by_value')) }}
            else own_counterfactuals.old_score_by_value
        end as old_score_by_value,
        case
            when metric_movements.is_rounded_before
                then {{ exact_score(round_half_up('own_counterfactuals.new_score_at_old_pool')) }}
            else own_counterfactuals.new_score_at_old_pool
        end as new_score_at_old_pool,
        own_counterfactuals.new_place_at_old_pool,
        own_counterfactuals.ranked_count_at_old_pool,
        case
            when
                standard_counterfactuals.metric_id is not null
                and standard_counterfactuals.score_now_at_old_standard is null
                then 'own_or_pool'
            -- Nothing is ranked: a band, a label, a matrix cell, or the fixed part that the trust is in now.
            when
                not scoring_families.has_ranked_part
                or coalesce(standard_counterfactuals.is_fixed_part_at_old_standard, metric_movements.is_fixed_part_now)
                then 'own'
            when own_counterfactuals.metric_id is not null then 'own_and_pool'
            when
                metric_movements.value_before = metric_movements.value_now
                and metric_movements.pool_partition_before = metric_movements.pool_partition_now
                then 'pool'
            else 'own_or_pool'
        end as split
    from metric_movements
    inner join scoring_families
        on
            metric_movements.framework_id = scoring_families.framework_id
            and metric_movements.scoring_family = scoring_families.scoring_family
    left join own_counterfactuals
        on
            metric_movements.framework_id = own_counterfactuals.framework_id
            and metric_movements.quarter_id = own_counterfactuals.quarter_id
            and metric_movements.trust_code = own_counterfactuals.trust_code
            and metric_movements.metric_id = own_counterfactuals.metric_id
    left join standard_counterfactuals
        on
            metric_movements.framework_id = standard_counterfactuals.framework_id
            and metric_movements.quarter_id = standard_counterfactuals.quarter_id
            and metric_movements.trust_code = standard_counterfactuals.trust_code
            and metric_movements.metric_id = standard_counterfactuals.metric_id
),

shifted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        weight_group_id,
        is_method_changed,
        split,
        averaged_score_before,
        averaged_score_now,
        score_now,
        new_place_at_old_pool,
        ranked_count_at_old_pool,
        case split
            when 'own' then score_now - averaged_score_before
            when 'own_and_pool' then new_score_at_old_pool - old_score_by_value
            when 'pool' then 0
        end as own_shift
    from by_old_method
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        weight_group_id,
        split,
        new_place_at_old_pool,
        ranked_count_at_old_pool,
        {{ exact_score('own_shift') }} as own_shift,
        case
            when split in ('own_and_pool', 'pool')
                then {{ exact_score('score_now - averaged_score_before - own_shift') }}
        end as pool_shift,
        case
            when split = 'own_or_pool' then {{ exact_score('score_now - averaged_score_before') }}
        end as own_or_pool_shift,
        case
            when is_method_changed then {{ exact_score('averaged_score_now - score_now') }}
        end as method_shift
    from shifted
)

select * from final
