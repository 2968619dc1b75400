with sufficient_moves as (
    select * from {{ ref('sufficient_moves') }}
),

next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

cut_scores as (
    select * from {{ ref('cut_scores') }}
),

cut_places as (
    select * from {{ ref('cut_places') }}
),

pool_places as (
    select * from {{ ref('pool_places') }}
),

pool_shifts as (
    select * from {{ ref('pool_shifts') }}
),

moved as (
    select
        row_number() over (
            order by
                sufficient_moves.framework_id,
                sufficient_moves.quarter_id,
                sufficient_moves.trust_code,
                sufficient_moves.metric_id,
                sufficient_moves.direction
        ) as move_number,
        sufficient_moves.framework_id,
        sufficient_moves.quarter_id,
        sufficient_moves.trust_code,
        sufficient_moves.metric_id,
        sufficient_moves.direction,
        sufficient_moves.pool_partition_id,
        sufficient_moves.ranked_badness,
        sufficient_moves.new_ranked_badness,
        sufficient_moves.count_change,
        sufficient_moves.moved_score,
        next_boundaries.cut_partition_id
    from sufficient_moves
    inner join next_boundaries
        on
            sufficient_moves.framework_id = next_boundaries.framework_id
            and sufficient_moves.quarter_id = next_boundaries.quarter_id
            and sufficient_moves.trust_code = next_boundaries.trust_code
            and sufficient_moves.direction = next_boundaries.direction
),

-- Everyone else's average after the move, near or not: so what a reader is told is counted whole once more.
others as (
    select
        moved.move_number,
        moved.moved_score,
        coalesce(pool_shifts.shifted_score, cut_scores.score) as other_score
    from moved
    inner join cut_scores
        on
            moved.framework_id = cut_scores.framework_id
            and moved.quarter_id = cut_scores.quarter_id
            and moved.cut_partition_id = cut_scores.cut_partition_id
            and moved.trust_code <> cut_scores.trust_code
    left join pool_places
        on
            moved.framework_id = pool_places.framework_id
            and moved.quarter_id = pool_places.quarter_id
            and moved.metric_id = pool_places.metric_id
            and moved.pool_partition_id = pool_places.pool_partition_id
            and cut_scores.trust_code = pool_places.trust_code
    left join pool_shifts
        on
            pool_places.framework_id = pool_shifts.framework_id
            and pool_places.quarter_id = pool_shifts.quarter_id
            and pool_places.metric_id = pool_shifts.metric_id
            and pool_places.pool_partition_id = pool_shifts.pool_partition_id
            and pool_places.trust_code = pool_shifts.trust_code
            and moved.count_change = pool_shifts.count_change
            and case
                when not pool_places.is_fixed_part and moved.new_ranked_badness < pool_places.badness then 1
                else 0
            end
            - case when not pool_places.is_fixed_part and moved.ranked_badness < pool_places.badness then 1 else 0 end
            = pool_shifts.place_change
),

counted as (
    select
        move_number,
        count(case when other_score < moved_score then 1 end) as below_count,
        count(case when other_score <= moved_score then 1 end) as not_above_count
    from others
    group by move_number
),

final as (
    select
        moved.framework_id,
        moved.quarter_id,
        moved.trust_code,
        moved.metric_id,
        moved.direction,
        cast(1 + sum(case
            when not cut_places.moves_with_scores and moved.moved_score < cut_places.cut_point then 0
            when
                not cut_places.moves_with_scores
                and cut_places.is_cut_point_inside
                and moved.moved_score = cut_places.cut_point
                then 0
            when
                cut_places.moves_with_scores
                and cut_places.is_cut_point_inside
                and coalesce(counted.below_count, 0) < cut_places.cut_place
                then 0
            when
                cut_places.moves_with_scores
                and not cut_places.is_cut_point_inside
                and coalesce(counted.not_above_count, 0) < cut_places.cut_place
                then 0
            else 1
        end) as bigint) as reached_segment
    from moved
    inner join cut_places
        on
            moved.framework_id = cut_places.framework_id
            and moved.quarter_id = cut_places.quarter_id
            and moved.cut_partition_id = cut_places.cut_partition_id
    left join counted
        on moved.move_number = counted.move_number
    group by
        moved.framework_id,
        moved.quarter_id,
        moved.trust_code,
        moved.metric_id,
        moved.direction
)

select * from final
