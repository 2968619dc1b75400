with metric_values as (
    select * from {{ ref('metric_values') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

thresholds_in_force as (
    select * from {{ ref('thresholds_in_force') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

partition_breadth as (
    select
        framework_id,
        pool_id,
        pool_partition_id,
        count(*) as trust_type_count
    from pool_trust_types
    group by framework_id, pool_id, pool_partition_id
),

judged as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metrics.pool_id,
        pool_trust_types.pool_partition_id,
        partition_breadth.trust_type_count = 1 as is_pool_one_trust_type,
        metric_values.value_number,
        metric_values.published_rank,
        case metrics.polarity
            when 'lower' then metric_values.value_number
            when 'higher' then -metric_values.value_number
        end as badness,
        scoring_families.fixed_when_met,
        case thresholds_in_force.comparator
            when 'at_least' then metric_values.value_number >= thresholds_in_force.threshold
            when 'at_most' then metric_values.value_number <= thresholds_in_force.threshold
        end as is_threshold_met
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and metric_values.trust_type_id = pool_trust_types.trust_type_id
    inner join partition_breadth
        on
            pool_trust_types.framework_id = partition_breadth.framework_id
            and pool_trust_types.pool_id = partition_breadth.pool_id
            and pool_trust_types.pool_partition_id = partition_breadth.pool_partition_id
    left join thresholds_in_force
        on
            metric_values.framework_id = thresholds_in_force.framework_id
            and metric_values.quarter_id = thresholds_in_force.quarter_id
            and metric_values.metric_id = thresholds_in_force.metric_id
    where
        scoring_families.has_ranked_part
        and metric_values.cell_status = 'scored'
        and metric_values.value_number is not null
),

parted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        pool_id,
        pool_partition_id,
        is_pool_one_trust_type,
        value_number,
        published_rank,
        badness,
        is_threshold_met,
        coalesce(is_threshold_met = fixed_when_met, false) as is_fixed_part
    from judged
),

-- Counted once for each part, not beside each of its rows: at many times the nation that is what costs.
part_counts as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        is_fixed_part,
        count(*) as part_count,
        count(published_rank) as part_published_rank_count
    from parted
    group by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part
),

pool_counts as (
    select
        framework_id,
        quarter_id,
        metric_id,
        pool_partition_id,
        cast(sum(part_count) as bigint) as pool_size
    from part_counts
    group by framework_id, quarter_id, metric_id, pool_partition_id
),

-- What is the same for a whole part of a pool.
part_facts as (
    select
        part_counts.framework_id,
        part_counts.quarter_id,
        part_counts.metric_id,
        part_counts.pool_partition_id,
        part_counts.is_fixed_part,
        part_counts.part_count,
        part_counts.part_published_rank_count = part_counts.part_count as has_every_published_rank,
        pool_counts.pool_size,
        scoring_families.fixed_score,
        scoring_families.ranked_low,
        scoring_families.ranked_high,
        thresholds_in_force.threshold_kind,
        thresholds_in_force.threshold
    from part_counts
    inner join pool_counts
        on
            part_counts.framework_id = pool_counts.framework_id
            and part_counts.quarter_id = pool_counts.quarter_id
            and part_counts.metric_id = pool_counts.metric_id
            and part_counts.pool_partition_id = pool_counts.pool_partition_id
    inner join metrics
        on
            part_counts.framework_id = metrics.framework_id
            and part_counts.metric_id = metrics.metric_id
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    left join thresholds_in_force
        on
            part_counts.framework_id = thresholds_in_force.framework_id
            and part_counts.quarter_id = thresholds_in_force.quarter_id
            and part_counts.metric_id = thresholds_in_force.metric_id
),

-- The published values are rounded. Where the pool is the trust type the published rank, made from
-- unrounded values, orders better; it is used only when everyone who is ranked has one (rules 1).
ordered as (
    select
        parted.framework_id,
        parted.quarter_id,
        parted.trust_code,
        parted.metric_id,
        parted.pool_id,
        parted.pool_partition_id,
        parted.value_number,
        part_facts.fixed_score,
        part_facts.ranked_low,
        part_facts.ranked_high,
        part_facts.threshold_kind,
        part_facts.threshold,
        parted.is_threshold_met,
        parted.is_fixed_part,
        part_facts.pool_size,
        part_facts.part_count,
        case
            when parted.is_pool_one_trust_type and part_facts.has_every_published_rank then 'published_rank'
            else 'value'
        end as rank_origin,
        case
            when parted.is_pool_one_trust_type and part_facts.has_every_published_rank
                then cast(parted.published_rank as decimal(28, 10))
            else parted.badness
        end as order_key
    from parted
    inner join part_facts
        on
            parted.framework_id = part_facts.framework_id
            and parted.quarter_id = part_facts.quarter_id
            and parted.metric_id = part_facts.metric_id
            and parted.pool_partition_id = part_facts.pool_partition_id
            and parted.is_fixed_part = part_facts.is_fixed_part
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        pool_id,
        pool_partition_id,
        value_number,
        fixed_score,
        ranked_low,
        ranked_high,
        threshold_kind,
        threshold,
        is_threshold_met,
        is_fixed_part,
        pool_size,
        case when not is_fixed_part then part_count end as ranked_count,
        case when not is_fixed_part then rank_origin end as rank_origin,
        case
            when not is_fixed_part
                then cast(rank() over (
                    partition by framework_id, quarter_id, metric_id, pool_partition_id, is_fixed_part
                    order by order_key
                ) as bigint)
        end as pool_rank
    from ordered
)

select * from final
