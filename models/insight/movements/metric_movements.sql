with compared_quarters as (
    select * from {{ ref('compared_quarters') }}
    where score_status = 'compared'
),

weighed_scores as (
    select * from {{ ref('weighed_scores') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

-- Every metric that has a score in one of the two quarters.
named as (
    select
        compared_quarters.framework_id,
        compared_quarters.quarter_id,
        compared_quarters.earlier_quarter_id,
        compared_quarters.trust_code,
        weighed_scores.metric_id,
        weighed_scores.weight_group_id,
        weighed_scores.scoring_family
    from compared_quarters
    inner join weighed_scores
        on
            compared_quarters.framework_id = weighed_scores.framework_id
            and compared_quarters.trust_code = weighed_scores.trust_code
            and weighed_scores.quarter_id in (compared_quarters.quarter_id, compared_quarters.earlier_quarter_id)
    group by
        compared_quarters.framework_id,
        compared_quarters.quarter_id,
        compared_quarters.earlier_quarter_id,
        compared_quarters.trust_code,
        weighed_scores.metric_id,
        weighed_scores.weight_group_id,
        weighed_scores.scoring_family
),

paired as (
    select
        named.framework_id,
        named.quarter_id,
        named.trust_code,
        named.metric_id,
        named.weight_group_id,
        named.scoring_family,
        case
            when scores_before.metric_id is null then 'entered'
            when scores_now.metric_id is null then 'left'
            else 'stayed'
        end as metric_standing,
        scores_before.weight_divisor as weight_divisor_before,
        scores_now.weight_divisor as weight_divisor_now,
        scores_before.weight as weight_before,
        scores_now.weight as weight_now,
        scores_before.value_number as value_before,
        scores_now.value_number as value_now,
        scores_before.value_label as value_label_before,
        scores_now.value_label as value_label_now,
        scores_before.averaged_score as averaged_score_before,
        scores_now.averaged_score as averaged_score_now,
        scores_now.metric_score as metric_score_now,
        scores_before.is_rounded_before_averaging as is_rounded_before,
        scores_now.is_rounded_before_averaging as is_rounded_now,
        scores_before.score_basis as score_basis_before,
        scores_now.score_basis as score_basis_now,
        scores_before.is_fixed_part as is_fixed_part_before,
        scores_now.is_fixed_part as is_fixed_part_now,
        scores_before.is_pool_complete as is_pool_complete_before,
        scores_now.is_pool_complete as is_pool_complete_now,
        scores_before.pool_partition_id as pool_partition_before,
        scores_now.pool_partition_id as pool_partition_now,
        scores_before.pool_rank as pool_rank_before,
        scores_now.pool_rank as pool_rank_now,
        scores_before.ranked_count as ranked_count_before,
        scores_now.ranked_count as ranked_count_now
    from named
    left join weighed_scores as scores_now
        on
            named.framework_id = scores_now.framework_id
            and named.quarter_id = scores_now.quarter_id
            and named.trust_code = scores_now.trust_code
            and named.metric_id = scores_now.metric_id
    left join weighed_scores as scores_before
        on
            named.framework_id = scores_before.framework_id
            and named.earlier_quarter_id = scores_before.quarter_id
            and named.trust_code = scores_before.trust_code
            and named.metric_id = scores_before.metric_id
),

-- The weaker of the two bases.
final as (
    select
        paired.framework_id,
        paired.quarter_id,
        paired.trust_code,
        paired.metric_id,
        paired.weight_group_id,
        paired.scoring_family,
        paired.metric_standing,
        paired.weight_divisor_before,
        paired.weight_divisor_now,
        paired.weight_before,
        paired.weight_now,
        paired.value_before,
        paired.value_now,
        paired.value_label_before,
        paired.value_label_now,
        paired.averaged_score_before,
        paired.averaged_score_now,
        paired.metric_score_now,
        paired.is_rounded_before,
        paired.is_rounded_now,
        paired.score_basis_before,
        paired.score_basis_now,
        case
            when bases_before.weakness_order > bases_now.weakness_order then paired.score_basis_before
            else coalesce(paired.score_basis_now, paired.score_basis_before)
        end as movement_basis,
        paired.is_fixed_part_before,
        paired.is_fixed_part_now,
        paired.is_pool_complete_before,
        paired.is_pool_complete_now,
        paired.pool_partition_before,
        paired.pool_partition_now,
        paired.pool_rank_before,
        paired.pool_rank_now,
        paired.ranked_count_before,
        paired.ranked_count_now
    from paired
    left join score_bases as bases_before
        on paired.score_basis_before = bases_before.score_basis
    left join score_bases as bases_now
        on paired.score_basis_now = bases_now.score_basis
)

select * from final
