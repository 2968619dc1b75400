with next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

pool_places as (
    select * from {{ ref('pool_places') }}
),

movable_pools as (
    select * from {{ ref('movable_pools') }}
),

metric_weights as (
    select * from {{ ref('metric_weights') }}
),

score_limits as (
    select * from {{ ref('score_limits') }}
),

pool_margins as (
    select * from {{ ref('pool_margins') }}
),

rounded_scores as (
    select * from {{ ref('rounded_scores') }}
),

-- No average lies beyond them.
score_ends as (
    select
        framework_id,
        min(best_score) as lowest_score,
        max(worst_score) as highest_score
    from score_limits
    group by framework_id
),

-- Between these averages only a count says on which side of the boundary a move ends; below them it is not beyond the
-- boundary, above them it is, whatever the others' averages become.
bounded as (
    select
        next_boundaries.framework_id,
        next_boundaries.quarter_id,
        next_boundaries.trust_code,
        next_boundaries.direction,
        next_boundaries.score_unrounded,
        pool_places.metric_id,
        pool_places.pool_partition_id,
        pool_places.badness,
        pool_places.is_fixed_part,
        pool_places.value_place,
        pool_places.ranked_count,
        pool_places.fixed_score,
        pool_places.ranked_low,
        pool_places.ranked_high,
        case
            when next_boundaries.moves_with_scores
                then
                    coalesce(next_boundaries.score_at_place, score_ends.lowest_score)
                    - coalesce(pool_margins.most_shifted, 0)
            else next_boundaries.cut_point
        end as open_from_score,
        case
            when next_boundaries.moves_with_scores
                then
                    coalesce(next_boundaries.score_after_place, score_ends.highest_score)
                    + coalesce(pool_margins.most_shifted, 0)
            else next_boundaries.cut_point
        end as open_to_score
    from next_boundaries
    inner join score_ends
        on next_boundaries.framework_id = score_ends.framework_id
    inner join pool_places
        on
            next_boundaries.framework_id = pool_places.framework_id
            and next_boundaries.quarter_id = pool_places.quarter_id
            and next_boundaries.trust_code = pool_places.trust_code
    inner join movable_pools
        on
            pool_places.framework_id = movable_pools.framework_id
            and pool_places.quarter_id = movable_pools.quarter_id
            and pool_places.metric_id = movable_pools.metric_id
            and pool_places.pool_partition_id = movable_pools.pool_partition_id
    left join pool_margins
        on
            pool_places.framework_id = pool_margins.framework_id
            and pool_places.quarter_id = pool_margins.quarter_id
            and pool_places.metric_id = pool_margins.metric_id
            and pool_places.pool_partition_id = pool_margins.pool_partition_id
),

-- The same in the metric's own score, with the width of a rounding to spare.
scored as (
    select
        row_number() over (
            order by
                bounded.framework_id, bounded.quarter_id, bounded.trust_code, bounded.metric_id, bounded.direction
        ) as mover_number,
        bounded.framework_id,
        bounded.quarter_id,
        bounded.trust_code,
        bounded.direction,
        bounded.score_unrounded,
        bounded.metric_id,
        bounded.pool_partition_id,
        bounded.badness,
        bounded.is_fixed_part,
        metric_weights.averaged_score,
        metric_weights.average_share,
        {{ exact_score(
            'metric_weights.averaged_score + metric_weights.average_share'
            ~ ' * (bounded.open_from_score - bounded.score_unrounded - power(0.1, ' ~ var('score_places') ~ '))'
        ) }} as open_from,
        {{ exact_score(
            'metric_weights.averaged_score + metric_weights.average_share'
            ~ ' * (bounded.open_to_score - bounded.score_unrounded + power(0.1, ' ~ var('score_places') ~ '))'
        ) }} as open_to,
        coalesce(rounded_scores.is_rounded_before_averaging, false) as is_rounded_before_averaging,
        case
            when bounded.is_fixed_part then {{ exact_score('bounded.fixed_score') }}
            else {{ ranked_score(
                'bounded.ranked_low', 'bounded.ranked_high', 'bounded.value_place', 'bounded.ranked_count'
            ) }}
        end as placed_score
    from bounded
    inner join metric_weights
        on
            bounded.framework_id = metric_weights.framework_id
            and bounded.quarter_id = metric_weights.quarter_id
            and bounded.trust_code = metric_weights.trust_code
            and bounded.metric_id = metric_weights.metric_id
    left join rounded_scores
        on
            bounded.framework_id = rounded_scores.framework_id
            and bounded.quarter_id = rounded_scores.quarter_id
            and bounded.metric_id = rounded_scores.metric_id
),

final as (
    select
        mover_number,
        framework_id,
        quarter_id,
        trust_code,
        direction,
        metric_id,
        pool_partition_id,
        badness,
        is_fixed_part,
        score_unrounded,
        averaged_score,
        average_share,
        open_from,
        open_to,
        {{ averaged_score('placed_score', 'is_rounded_before_averaging') }} as reranked_score
    from scored
)

select * from final
