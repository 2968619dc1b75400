with average_movements as (
    select * from {{ ref('average_movements') }}
    where score_status = 'compared'
),

score_movements as (
    select * from {{ ref('score_movements') }}
    where is_of_unrounded
),

movement_causes as (
    select * from {{ ref('movement_causes') }}
    where is_score_step
),

compared_quarters as (
    select * from {{ ref('compared_quarters') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

-- A step takes the parts of its cause together; a trust without such a part stays where it is.
stepped as (
    select
        average_movements.framework_id,
        average_movements.quarter_id,
        average_movements.trust_code,
        average_movements.earlier_quarter_id,
        movement_causes.cause_id,
        movement_causes.step_order,
        average_movements.average_before_unrounded,
        coalesce(sum(score_movements.score_effect), 0) as step_effect
    from average_movements
    cross join movement_causes
    left join score_movements
        on
            average_movements.framework_id = score_movements.framework_id
            and average_movements.quarter_id = score_movements.quarter_id
            and average_movements.trust_code = score_movements.trust_code
            and movement_causes.cause_id = score_movements.cause_id
    group by
        average_movements.framework_id,
        average_movements.quarter_id,
        average_movements.trust_code,
        average_movements.earlier_quarter_id,
        movement_causes.cause_id,
        movement_causes.step_order,
        average_movements.average_before_unrounded
),

walked as (
    select
        framework_id,
        quarter_id,
        trust_code,
        earlier_quarter_id,
        cause_id,
        step_order,
        average_before_unrounded
        + sum(step_effect) over (
            partition by framework_id, quarter_id, trust_code
            order by step_order
            rows between unbounded preceding and current row
        ) as score_unrounded
    from stepped
),

rounded as (
    select
        framework_id,
        quarter_id,
        trust_code,
        earlier_quarter_id,
        cause_id,
        step_order,
        cast({{ round_half_up('score_unrounded') }} as decimal(6, 2)) as score
    from walked
),

-- Rules 3: in which segment the score would have been by the cut points of the quarter before.
final as (
    select
        rounded.framework_id,
        rounded.quarter_id,
        rounded.trust_code,
        rounded.cause_id,
        rounded.step_order,
        rounded.score,
        cast(
            1 + sum(
                case
                    when
                        {{ is_beyond_cut_point(
                            'rounded.score', 'cut_points.cut_point', 'segmentation.is_cut_point_inside'
                        ) }}
                        then 1
                    else 0
                end
            ) as bigint
        ) as segment_at_old_cut_points
    from rounded
    inner join compared_quarters
        on
            rounded.framework_id = compared_quarters.framework_id
            and rounded.quarter_id = compared_quarters.quarter_id
            and rounded.trust_code = compared_quarters.trust_code
    inner join summary_measures
        on rounded.framework_id = summary_measures.framework_id
    inner join segmentation
        on
            summary_measures.framework_id = segmentation.framework_id
            and summary_measures.measure_id = segmentation.score_id
    inner join pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
            and compared_quarters.earlier_trust_type_id = pool_trust_types.trust_type_id
    inner join cut_points
        on
            rounded.framework_id = cut_points.framework_id
            and rounded.earlier_quarter_id = cut_points.quarter_id
            and summary_measures.measure_id = cut_points.score_id
            and pool_trust_types.pool_partition_id = cut_points.cut_partition_id
    group by
        rounded.framework_id,
        rounded.quarter_id,
        rounded.trust_code,
        rounded.cause_id,
        rounded.step_order,
        rounded.score
)

select * from final
