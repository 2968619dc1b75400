with metric_movements as (
    select * from {{ ref('metric_movements') }}
    where metric_standing = 'stayed'
),

thresholds_in_force as (
    select * from {{ ref('thresholds_in_force') }}
),

quarters as (
    select * from {{ ref('quarters') }}
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
),

-- Rules 1: what is asked in this quarter is not what was asked in the quarter before.
changed as (
    select
        later.framework_id,
        later.quarter_id,
        later.metric_id,
        earlier.comparator,
        earlier.threshold
    from thresholds_in_force as later
    inner join quarters
        on later.quarter_id = quarters.quarter_id
    inner join thresholds_in_force as earlier
        on
            later.framework_id = earlier.framework_id
            and quarters.previous_quarter_id = earlier.quarter_id
            and later.metric_id = earlier.metric_id
    where later.threshold <> earlier.threshold
),

judged as (
    select
        metric_parts.framework_id,
        metric_parts.quarter_id,
        metric_parts.trust_code,
        metric_parts.metric_id,
        metric_parts.pool_partition_id,
        metric_parts.is_fixed_part,
        scoring_families.fixed_score,
        scoring_families.ranked_low,
        scoring_families.ranked_high,
        case metrics.polarity
            when 'lower' then metric_parts.value_number
            when 'higher' then -metric_parts.value_number
        end as badness,
        scoring_families.fixed_when_met = case changed.comparator
            when 'at_least' then metric_parts.value_number >= changed.threshold
            when 'at_most' then metric_parts.value_number <= changed.threshold
        end as is_fixed_part_at_old_standard
    from metric_parts
    inner join changed
        on
            metric_parts.framework_id = changed.framework_id
            and metric_parts.quarter_id = changed.quarter_id
            and metric_parts.metric_id = changed.metric_id
    inner join metrics
        on
            metric_parts.framework_id = metrics.framework_id
            and metric_parts.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
),

-- Both ways by value, so that a tie of rounded values that published ranks break stays what it was: the pool's.
placed as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        fixed_score,
        ranked_low,
        ranked_high,
        is_fixed_part_at_old_standard,
        cast(rank() over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part_at_old_standard
            order by badness
        ) as bigint) as place_at_old_standard,
        cast(count(*) over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part_at_old_standard
        ) as bigint) as ranked_count_at_old_standard,
        cast(rank() over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part
            order by badness
        ) as bigint) as place_at_new_standard,
        cast(count(*) over (
            partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part
        ) as bigint) as ranked_count_at_new_standard
    from judged
),

scored as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        is_fixed_part_at_old_standard,
        {{ exact_score('fixed_score') }} as fixed_score,
        {{ ranked_score(
            'ranked_low', 'ranked_high', 'place_at_old_standard', 'ranked_count_at_old_standard'
        ) }} as score_at_old_standard,
        {{ ranked_score(
            'ranked_low', 'ranked_high', 'place_at_new_standard', 'ranked_count_at_new_standard'
        ) }} as score_at_new_standard
    from placed
),

-- The fixed part asks for the value alone; a place asks for a pool in hand by value.
final as (
    select
        metric_movements.framework_id,
        metric_movements.quarter_id,
        metric_movements.trust_code,
        metric_movements.metric_id,
        scored.is_fixed_part_at_old_standard,
        case
            when scored.is_fixed_part_at_old_standard then scored.fixed_score
            when
                not (
                    coalesce(metric_movements.is_pool_complete_now, false)
                    or metric_movements.score_basis_now = 'computed_partial_pool'
                )
                then null
            when metric_movements.is_fixed_part_now then scored.score_at_old_standard
            else
                {{ exact_score(
                    'metric_movements.metric_score_now - scored.score_at_new_standard + scored.score_at_old_standard'
                ) }}
        end as score_now_at_old_standard
    from metric_movements
    inner join changed
        on
            metric_movements.framework_id = changed.framework_id
            and metric_movements.quarter_id = changed.quarter_id
            and metric_movements.metric_id = changed.metric_id
    left join scored
        on
            metric_movements.framework_id = scored.framework_id
            and metric_movements.quarter_id = scored.quarter_id
            and metric_movements.trust_code = scored.trust_code
            and metric_movements.metric_id = scored.metric_id
)

select * from final
