with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored'
),

metrics as (
    select * from {{ ref('metrics') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

metric_parts as (
    select * from {{ ref('metric_parts') }}
),

metric_pools as (
    select * from {{ ref('metric_pools') }}
),

pool_sizes as (
    select * from {{ ref('pool_sizes') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

value_bands as (
    select * from {{ ref('value_bands') }}
),

label_bands as (
    select * from {{ ref('label_bands') }}
),

gathered as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.published_score,
        metric_values.score_quarter_id <> metric_values.quarter_id as is_score_carried,
        -- The grid of a published score is that of the quarter which it was published for.
        case
            when metric_values.score_quarter_id <> metric_values.quarter_id then carried_pool_sizes.pool_size
            else metric_pools.expected_pool_size
        end as grid_pool_size,
        metric_pools.pool_id,
        metric_pools.pool_partition_id,
        metric_pools.expected_pool_size,
        metric_pools.is_pool_complete,
        metric_pools.pool_size,
        metric_parts.ranked_count,
        metric_parts.pool_rank,
        metric_parts.rank_origin,
        metric_parts.threshold_kind,
        metric_parts.threshold,
        metric_parts.is_threshold_met,
        coalesce(
            metric_parts.is_fixed_part,
            coalesce(value_bands.band_score, label_bands.band_score) is not null
        ) as is_fixed_part,
        scoring_families.ranked_low,
        scoring_families.ranked_high,
        case
            when metric_parts.is_fixed_part then {{ exact_score('scoring_families.fixed_score') }}
            when metric_parts.pool_rank is not null
                then {{ ranked_score(
                    'scoring_families.ranked_low', 'scoring_families.ranked_high',
                    'metric_parts.pool_rank', 'metric_parts.ranked_count',
                ) }}
            else {{ exact_score('coalesce(value_bands.band_score, label_bands.band_score)') }}
        end as value_score
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    left join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and metric_values.trust_type_id = pool_trust_types.trust_type_id
    left join metric_pools
        on
            metric_values.framework_id = metric_pools.framework_id
            and metric_values.quarter_id = metric_pools.quarter_id
            and metric_values.metric_id = metric_pools.metric_id
            and pool_trust_types.pool_partition_id = metric_pools.pool_partition_id
    left join pool_sizes as carried_pool_sizes
        on
            metric_values.framework_id = carried_pool_sizes.framework_id
            and metric_values.score_quarter_id = carried_pool_sizes.quarter_id
            and metric_values.metric_id = carried_pool_sizes.metric_id
            and pool_trust_types.pool_partition_id = carried_pool_sizes.pool_partition_id
    left join metric_parts
        on
            metric_values.framework_id = metric_parts.framework_id
            and metric_values.quarter_id = metric_parts.quarter_id
            and metric_values.trust_code = metric_parts.trust_code
            and metric_values.metric_id = metric_parts.metric_id
    left join value_bands
        on
            metrics.scoring_family = 'band'
            and metric_values.framework_id = value_bands.framework_id
            and metric_values.metric_id = value_bands.metric_id
            and (
                value_bands.lower_bound is null
                or metric_values.value_number > value_bands.lower_bound
                or (value_bands.is_lower_inclusive and metric_values.value_number = value_bands.lower_bound)
            )
            and (
                value_bands.upper_bound is null
                or metric_values.value_number < value_bands.upper_bound
                or (value_bands.is_upper_inclusive and metric_values.value_number = value_bands.upper_bound)
            )
            and metric_values.value_number is not null
    left join label_bands
        on
            metrics.scoring_family = 'band'
            and metric_values.framework_id = label_bands.framework_id
            and metric_values.metric_id = label_bands.metric_id
            and metric_values.value_label = label_bands.band_label
),

-- A published score of a ranked part is a rounded point of the grid low + (high - low) k / (n - 1).
grid as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        pool_id,
        pool_partition_id,
        expected_pool_size,
        is_pool_complete,
        pool_size,
        ranked_count,
        pool_rank,
        rank_origin,
        threshold_kind,
        threshold,
        is_threshold_met,
        is_fixed_part,
        ranked_low,
        ranked_high,
        value_score,
        published_score,
        is_score_carried,
        grid_pool_size,
        case
            when
                grid_pool_size > 1
                and published_score between ranked_low and ranked_high
                then round(
                    {{ steps_to_score('published_score', 'ranked_low', 'ranked_high', 'grid_pool_size - 1') }},
                    0
                )
        end as grid_steps
    from gathered
),

restored as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        pool_id,
        pool_partition_id,
        expected_pool_size,
        is_pool_complete,
        pool_size,
        ranked_count,
        pool_rank,
        rank_origin,
        threshold_kind,
        threshold,
        is_threshold_met,
        is_fixed_part,
        value_score,
        published_score,
        is_score_carried,
        case
            when grid_steps is not null
                then {{ score_at_step('ranked_low', 'ranked_high', 'grid_steps', 'grid_pool_size - 1') }}
        end as grid_score
    from grid
),

based as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        pool_id,
        pool_partition_id,
        expected_pool_size,
        is_pool_complete,
        pool_size,
        ranked_count,
        pool_rank,
        rank_origin,
        threshold_kind,
        threshold,
        is_threshold_met,
        is_fixed_part,
        value_score,
        {{ exact_score('published_score') }} as published_score,
        case when {{ round_half_up('grid_score') }} = published_score then grid_score end as restored_score,
        case
            when value_score is not null and (is_fixed_part or is_pool_complete) then 'computed'
            when published_score is not null and is_score_carried then 'carried_forward'
            when published_score is not null then 'published'
            when value_score is not null then 'computed_partial_pool'
        end as score_basis
    from restored
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        case
            when {{ is_adopted('score_basis') }} then coalesce(restored_score, published_score)
            else value_score
        end as metric_score,
        score_basis,
        {{ is_adopted('score_basis') }} and restored_score is not null as is_grid_restored,
        is_fixed_part,
        threshold_kind,
        threshold,
        is_threshold_met,
        pool_id,
        pool_partition_id,
        pool_rank,
        ranked_count,
        pool_size,
        expected_pool_size,
        is_pool_complete,
        rank_origin
    from based
    where score_basis is not null
)

select * from final
