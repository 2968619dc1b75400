with average_movements as (
    select * from {{ ref('average_movements') }}
    where score_status = 'compared'
),

metric_movements as (
    select * from {{ ref('metric_movements') }}
),

metric_part_effects as (
    select * from {{ ref('metric_part_effects') }}
),

movement_parts as (
    select * from {{ ref('movement_parts') }}
),

-- An effect has fifteen decimals and is a rounded quotient, so together they may miss the change in the last of them.
-- What they miss is in the largest, so that the parts add up exactly.
numbered as (
    select
        metric_part_effects.framework_id,
        metric_part_effects.quarter_id,
        metric_part_effects.trust_code,
        metric_part_effects.metric_id,
        metric_part_effects.part_id,
        metric_part_effects.effect,
        sum(metric_part_effects.effect) over (
            partition by
                metric_part_effects.framework_id, metric_part_effects.quarter_id, metric_part_effects.trust_code
        ) as effects_total,
        row_number() over (
            partition by
                metric_part_effects.framework_id, metric_part_effects.quarter_id, metric_part_effects.trust_code
            order by
                abs(metric_part_effects.effect) desc, movement_parts.part_order asc, metric_part_effects.metric_id asc
        ) as place
    from metric_part_effects
    inner join movement_parts
        on metric_part_effects.part_id = movement_parts.part_id
),

metric_parts as (
    select
        average_movements.framework_id,
        average_movements.quarter_id,
        average_movements.trust_code,
        numbered.part_id,
        numbered.metric_id as measure_id,
        numbered.metric_id,
        numbered.effect
        + case
            when numbered.place = 1
                then
                    average_movements.average_now_unrounded - average_movements.average_before_unrounded
                    - numbered.effects_total
            else 0
        end as effect
    from average_movements
    inner join numbered
        on
            average_movements.framework_id = numbered.framework_id
            and average_movements.quarter_id = numbered.quarter_id
            and average_movements.trust_code = numbered.trust_code
),

whole_parts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        'rounding' as part_id,
        measure_id,
        (average_now - average_before) - (average_now_unrounded - average_before_unrounded) as effect
    from average_movements
    union all
    select
        average_movements.framework_id,
        average_movements.quarter_id,
        average_movements.trust_code,
        movement_parts.part_id,
        average_movements.measure_id,
        average_movements.average_before - average_movements.average_before_as_released as effect
    from average_movements
    inner join movement_parts
        on average_movements.revision_reason = movement_parts.revision_reason
),

unioned as (
    select
        framework_id,
        quarter_id,
        trust_code,
        part_id,
        measure_id,
        metric_id,
        effect
    from metric_parts
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        part_id,
        measure_id,
        cast(null as varchar) as metric_id,
        effect
    from whole_parts
),

final as (
    select
        unioned.framework_id,
        unioned.quarter_id,
        unioned.trust_code,
        unioned.part_id,
        unioned.measure_id,
        unioned.metric_id,
        movement_parts.part_label,
        movement_parts.cause_id,
        movement_parts.is_of_unrounded,
        coalesce(metric_movements.movement_basis, average_movements.movement_basis) as movement_basis,
        {{ exact_score('unioned.effect') }} as score_effect,
        cast(row_number() over (
            partition by unioned.framework_id, unioned.quarter_id, unioned.trust_code
            order by abs(unioned.effect) desc, movement_parts.part_order asc, unioned.measure_id asc
        ) as bigint) as size_order
    from unioned
    inner join movement_parts
        on unioned.part_id = movement_parts.part_id
    inner join average_movements
        on
            unioned.framework_id = average_movements.framework_id
            and unioned.quarter_id = average_movements.quarter_id
            and unioned.trust_code = average_movements.trust_code
    left join metric_movements
        on
            unioned.framework_id = metric_movements.framework_id
            and unioned.quarter_id = metric_movements.quarter_id
            and unioned.trust_code = metric_movements.trust_code
            and unioned.metric_id = metric_movements.metric_id
)

select * from final
