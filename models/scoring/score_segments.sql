with domain_scores as (
    select * from {{ ref('domain_scores') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
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

cut_point_bases as (
    select * from {{ ref('cut_point_bases') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

{{ scores_in_one_shape() }},

compared as (
    select
        scores.framework_id,
        scores.quarter_id,
        scores.trust_code,
        scores.trust_type_id,
        scores.score_id,
        scores.score,
        cut_points.cut_point,
        cut_points.cut_point_basis,
        {{ is_beyond_cut_point('scores.score', 'cut_points.cut_point', 'segmentation.is_cut_point_inside') }}
            as is_beyond,
        score_bases.weakness_order as score_weakness,
        cut_bases.weakness_order as cut_weakness,
        cut_point_bases.preference_order
    from scores
    inner join segmentation
        on
            scores.framework_id = segmentation.framework_id
            and scores.score_id = segmentation.score_id
    inner join pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
            and scores.trust_type_id = pool_trust_types.trust_type_id
    inner join cut_points
        on
            scores.framework_id = cut_points.framework_id
            and scores.quarter_id = cut_points.quarter_id
            and scores.score_id = cut_points.score_id
            and pool_trust_types.pool_partition_id = cut_points.cut_partition_id
    inner join score_bases
        on scores.score_basis = score_bases.score_basis
    inner join cut_point_bases
        on cut_points.cut_point_basis = cut_point_bases.cut_point_basis
    inner join score_bases as cut_bases
        on cut_point_bases.score_basis = cut_bases.score_basis
),

-- The bounds that a score lies between are kept.
segmented as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        score_id,
        score,
        {{ segment_after('is_beyond') }} as segment,
        max(case when is_beyond then cut_point end) as segment_low,
        min(case when not is_beyond then cut_point end) as segment_high,
        max(preference_order) as preference_order,
        max(greatest(score_weakness, cut_weakness)) as weakness_order
    from compared
    group by framework_id, quarter_id, trust_code, trust_type_id, score_id, score
),

-- A rank among the trusts that happen to be in hand would pass for a rank: it needs the whole trust type.
final as (
    select
        segmented.framework_id,
        segmented.quarter_id,
        segmented.trust_code,
        segmented.trust_type_id,
        segmented.score_id,
        segmented.score,
        segmented.segment,
        segmented.segment_low,
        segmented.segment_high,
        cut_point_bases.cut_point_basis,
        score_bases.score_basis as segment_basis,
        case
            when trust_type_completeness.is_complete
                then cast(rank() over (
                    partition by
                        segmented.framework_id,
                        segmented.quarter_id,
                        segmented.trust_type_id,
                        segmented.score_id
                    order by segmented.score
                ) as bigint)
        end as score_rank
    from segmented
    inner join trust_type_completeness
        on
            segmented.framework_id = trust_type_completeness.framework_id
            and segmented.quarter_id = trust_type_completeness.quarter_id
            and segmented.trust_type_id = trust_type_completeness.trust_type_id
    inner join cut_point_bases
        on segmented.preference_order = cut_point_bases.preference_order
    inner join score_bases
        on segmented.weakness_order = score_bases.weakness_order
)

select * from final
