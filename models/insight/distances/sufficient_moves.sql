with ranked_moves as (
    select * from {{ ref('ranked_moves') }}
),

looked_up_moves as (
    select * from {{ ref('looked_up_moves') }}
),

next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

near_groups as (
    select * from {{ ref('near_groups') }}
),

near_shifts as (
    select * from {{ ref('near_shifts') }}
),

moves as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        pool_partition_id,
        case when not is_fixed_part then badness end as ranked_badness,
        case when not is_new_fixed_part then new_badness end as new_ranked_badness,
        case when is_fixed_part then 1 else 0 end - case when is_new_fixed_part then 1 else 0 end as count_change,
        new_badness,
        cast(null as decimal(28, 10)) as new_value,
        cast(null as varchar) as new_label,
        move_size,
        is_sure,
        new_score,
        moved_score
    from ranked_moves
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        pool_partition_id,
        cast(null as decimal(28, 10)) as ranked_badness,
        cast(null as decimal(28, 10)) as new_ranked_badness,
        0 as count_change,
        cast(null as decimal(28, 10)) as new_badness,
        new_value,
        new_label,
        move_size,
        false as is_sure,
        new_score,
        moved_score
    from looked_up_moves
),

placed as (
    select
        row_number() over (
            order by
                moves.framework_id,
                moves.quarter_id,
                moves.trust_code,
                moves.metric_id,
                moves.direction,
                moves.move_size,
                moves.new_score,
                moves.new_badness,
                moves.new_value,
                moves.new_label
        ) as move_number,
        moves.framework_id,
        moves.quarter_id,
        moves.trust_code,
        moves.metric_id,
        moves.direction,
        moves.pool_partition_id,
        moves.ranked_badness,
        moves.new_ranked_badness,
        moves.count_change,
        moves.new_badness,
        moves.new_value,
        moves.new_label,
        moves.move_size,
        moves.is_sure,
        moves.new_score,
        moves.moved_score,
        next_boundaries.cut_point,
        next_boundaries.is_cut_point_inside,
        next_boundaries.cut_place,
        near_groups.group_number,
        near_groups.surely_below_count
        - case when next_boundaries.score < near_groups.near_from then 1 else 0 end as others_surely_below
    from moves
    inner join next_boundaries
        on
            moves.framework_id = next_boundaries.framework_id
            and moves.quarter_id = next_boundaries.quarter_id
            and moves.trust_code = next_boundaries.trust_code
            and moves.direction = next_boundaries.direction
    left join near_groups
        on
            moves.framework_id = near_groups.framework_id
            and moves.quarter_id = near_groups.quarter_id
            and next_boundaries.cut_partition_id = near_groups.cut_partition_id
            and next_boundaries.boundary = near_groups.boundary
            and moves.metric_id = near_groups.metric_id
            and moves.pool_partition_id = near_groups.pool_partition_id
),

-- How many of the near trusts would be before the moved one: each with the average it would then have.
counted as (
    select
        placed.move_number,
        count(near_shifts.trust_code) as near_before_count
    from placed
    inner join near_shifts
        on
            placed.group_number = near_shifts.group_number
            and placed.trust_code <> near_shifts.trust_code
            and coalesce(placed.count_change = near_shifts.count_change, true)
            and case when placed.new_ranked_badness < near_shifts.ranked_badness then 1 else 0 end
            - case when placed.ranked_badness < near_shifts.ranked_badness then 1 else 0 end
            = near_shifts.place_change
            and (
                placed.moved_score > near_shifts.shifted_score
                or (placed.moved_score = near_shifts.shifted_score and not placed.is_cut_point_inside)
            )
    where not placed.is_sure
    group by placed.move_number
),

judged as (
    select
        placed.move_number,
        placed.framework_id,
        placed.quarter_id,
        placed.trust_code,
        placed.metric_id,
        placed.direction,
        placed.pool_partition_id,
        placed.ranked_badness,
        placed.new_ranked_badness,
        placed.count_change,
        placed.new_badness,
        placed.new_value,
        placed.new_label,
        placed.move_size,
        placed.new_score,
        placed.moved_score,
        case
            when placed.is_sure then placed.direction = 'better'
            when placed.group_number is null
                then not ({{ is_beyond_cut_point(
                    'placed.moved_score', 'placed.cut_point', 'placed.is_cut_point_inside'
                ) }})
            else placed.others_surely_below + coalesce(counted.near_before_count, 0) < placed.cut_place
        end as is_inside
    from placed
    left join counted
        on placed.move_number = counted.move_number
),

-- The first of the moves that suffice: better is inside the boundary, worse beyond it.
sufficient as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        pool_partition_id,
        ranked_badness,
        new_ranked_badness,
        count_change,
        new_badness,
        new_value,
        new_label,
        move_size,
        new_score,
        moved_score,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, metric_id, direction
            order by move_number
        ) as nearness
    from judged
    where is_inside = (direction = 'better')
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        pool_partition_id,
        ranked_badness,
        new_ranked_badness,
        count_change,
        new_badness,
        new_value,
        new_label,
        move_size,
        new_score,
        moved_score
    from sufficient
    where nearness = 1
)

select * from final
