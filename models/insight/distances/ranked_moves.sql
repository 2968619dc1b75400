with movers as (
    select * from {{ ref('pool_movers') }}
),

pool_moves as (
    select * from {{ ref('pool_moves') }}
),

-- Without a move the pool is ranked by value all the same: what that alone brings is no distance. What cannot suffice
-- is left out. Each direction by itself, so that the comparisons are part of the join.
possible as (
    select
        mover_number,
        badness as new_badness,
        is_fixed_part as is_new_fixed_part,
        cast(0 as decimal(28, 10)) as move_size,
        reranked_score as new_score,
        case
            when direction = 'better' then reranked_score < open_from
            else reranked_score > open_to
        end as is_sure
    from movers
    where
        case
            when direction = 'better' then reranked_score <= open_to
            else reranked_score >= open_from
        end
    union all
    select
        movers.mover_number,
        pool_moves.badness as new_badness,
        pool_moves.is_fixed_part as is_new_fixed_part,
        cast(movers.badness - pool_moves.badness as decimal(28, 10)) as move_size,
        case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.forward_score end as new_score,
        case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.forward_score end
        < movers.open_from as is_sure
    from movers
    inner join pool_moves
        on
            movers.framework_id = pool_moves.framework_id
            and movers.quarter_id = pool_moves.quarter_id
            and movers.metric_id = pool_moves.metric_id
            and movers.pool_partition_id = pool_moves.pool_partition_id
            and movers.badness > pool_moves.badness
            and case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.forward_score end
            <= movers.open_to
    where movers.direction = 'better'
    union all
    select
        movers.mover_number,
        pool_moves.badness as new_badness,
        pool_moves.is_fixed_part as is_new_fixed_part,
        cast(pool_moves.badness - movers.badness as decimal(28, 10)) as move_size,
        case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.backward_score end as new_score,
        case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.backward_score end
        > movers.open_to as is_sure
    from movers
    inner join pool_moves
        on
            movers.framework_id = pool_moves.framework_id
            and movers.quarter_id = pool_moves.quarter_id
            and movers.metric_id = pool_moves.metric_id
            and movers.pool_partition_id = pool_moves.pool_partition_id
            and movers.badness < pool_moves.badness
            and case when movers.is_fixed_part then pool_moves.entering_score else pool_moves.backward_score end
            >= movers.open_from
    where movers.direction = 'worse'
),

-- Nor what is further than a move that is sure to suffice.
nearest as (
    select
        mover_number,
        new_badness,
        is_new_fixed_part,
        move_size,
        new_score,
        is_sure,
        min(case when is_sure then move_size end) over (partition by mover_number) as nearest_sure_size
    from possible
),

final as (
    select
        movers.framework_id,
        movers.quarter_id,
        movers.trust_code,
        movers.metric_id,
        movers.direction,
        movers.pool_partition_id,
        movers.badness,
        movers.is_fixed_part,
        nearest.new_badness,
        nearest.is_new_fixed_part,
        nearest.move_size,
        nearest.is_sure,
        nearest.new_score,
        cast({{ round_half_up(
            'movers.score_unrounded + (nearest.new_score - movers.averaged_score) / movers.average_share'
        ) }} as decimal(6, 2)) as moved_score
    from nearest
    inner join movers
        on nearest.mover_number = movers.mover_number
    where coalesce(nearest.move_size <= nearest.nearest_sure_size, true)
)

select * from final
