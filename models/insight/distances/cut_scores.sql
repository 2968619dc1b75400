with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
    where quarter_id = {{ newest_quarter() }} and average_metric_score is not null
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

-- Rules 3: the pool that the averages are cut in; its part is a row of the framework.
final as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        pool_trust_types.pool_partition_id as cut_partition_id,
        delivery_scores.trust_code,
        delivery_scores.average_metric_score as score,
        delivery_scores.average_metric_score_unrounded as score_unrounded,
        row_number() over (
            partition by
                delivery_scores.framework_id, delivery_scores.quarter_id, pool_trust_types.pool_partition_id
            order by delivery_scores.average_metric_score, delivery_scores.trust_code
        ) as score_position
    from delivery_scores
    inner join summary_measures
        on delivery_scores.framework_id = summary_measures.framework_id
    inner join segmentation
        on
            summary_measures.framework_id = segmentation.framework_id
            and summary_measures.measure_id = segmentation.score_id
    inner join pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
            and delivery_scores.trust_type_id = pool_trust_types.trust_type_id
)

select * from final
