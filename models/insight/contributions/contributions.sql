with metric_weights as (
    select * from {{ ref('metric_weights') }}
),

score_limits as (
    select * from {{ ref('score_limits') }}
),

peer_scores as (
    select * from {{ ref('peer_scores') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

weighed as (
    select
        metric_weights.framework_id,
        metric_weights.quarter_id,
        metric_weights.trust_code,
        metric_weights.metric_id,
        metric_weights.trust_type_id,
        metric_weights.domain_id,
        delivery_scores.delivery_status,
        metric_weights.averaged_score,
        metric_weights.score_basis,
        score_limits.best_score,
        score_limits.worst_score,
        segments.unadjusted_segment,
        segments.segment_low,
        segments.segment_high,
        segmentation.is_cut_point_inside,
        delivery_scores.average_metric_score_unrounded,
        delivery_scores.delivery_status = 'scored' as has_average,
        domain_scores.domain_status = 'scored' as has_domain_score,
        metric_weights.average_share,
        metric_weights.domain_share,
        metric_weights.metric_weight,
        peer_scores.peers_counted,
        peer_scores.peer_median_score
    from metric_weights
    inner join score_limits
        on
            metric_weights.framework_id = score_limits.framework_id
            and metric_weights.metric_id = score_limits.metric_id
    inner join delivery_scores
        on
            metric_weights.framework_id = delivery_scores.framework_id
            and metric_weights.quarter_id = delivery_scores.quarter_id
            and metric_weights.trust_code = delivery_scores.trust_code
    inner join segments
        on
            metric_weights.framework_id = segments.framework_id
            and metric_weights.quarter_id = segments.quarter_id
            and metric_weights.trust_code = segments.trust_code
    inner join domain_scores
        on
            metric_weights.framework_id = domain_scores.framework_id
            and metric_weights.quarter_id = domain_scores.quarter_id
            and metric_weights.trust_code = domain_scores.trust_code
            and metric_weights.domain_id = domain_scores.domain_id
    inner join summary_measures
        on metric_weights.framework_id = summary_measures.framework_id
    inner join segmentation
        on
            summary_measures.framework_id = segmentation.framework_id
            and summary_measures.measure_id = segmentation.score_id
    left join peer_scores
        on
            metric_weights.framework_id = peer_scores.framework_id
            and metric_weights.quarter_id = peer_scores.quarter_id
            and metric_weights.trust_type_id = peer_scores.trust_type_id
            and metric_weights.metric_id = peer_scores.metric_id
),

-- Each part is divided from its own score, not multiplied by a rounded weight: so they add up.
parted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        trust_type_id,
        domain_id,
        delivery_status,
        averaged_score,
        score_basis,
        best_score,
        worst_score,
        unadjusted_segment,
        segment_low,
        segment_high,
        is_cut_point_inside,
        peers_counted,
        {{ exact_score('peer_median_score') }} as peer_median_score,
        case when has_average then metric_weight end as metric_weight,
        case when has_average then {{ exact_score('averaged_score / average_share') }} end as part_of_average,
        case when has_domain_score then {{ exact_score('averaged_score / domain_share') }} end as part_of_domain,
        case
            when has_average then {{ exact_score('(averaged_score - peer_median_score) / average_share') }}
        end as distance_from_peer_median,
        case
            when has_average
                then {{ round_half_up(
                    'average_metric_score_unrounded + (best_score - averaged_score) / average_share'
                ) }}
        end as average_if_best,
        case
            when has_average
                then {{ round_half_up(
                    'average_metric_score_unrounded + (worst_score - averaged_score) / average_share'
                ) }}
        end as average_if_worst
    from weighed
),

-- With the cut points as they stand: the lower bound is one that the average lies beyond, the upper one that it
-- does not.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        trust_type_id,
        domain_id,
        case when delivery_status = 'scored' then 'counted' else delivery_status end as contribution_status,
        averaged_score,
        score_basis as contribution_basis,
        metric_weight,
        part_of_average,
        part_of_domain,
        peer_median_score,
        peers_counted,
        distance_from_peer_median,
        best_score,
        worst_score,
        cast(average_if_best as decimal(6, 2)) as average_if_best,
        cast(average_if_worst as decimal(6, 2)) as average_if_worst,
        unadjusted_segment,
        case
            when unadjusted_segment is null then null
            else coalesce(
                average_if_best < segment_low or (is_cut_point_inside and average_if_best = segment_low), false
            )
        end as is_holding,
        case
            when unadjusted_segment is null then null
            else coalesce(
                average_if_worst > segment_high or (not is_cut_point_inside and average_if_worst = segment_high), false
            )
        end as is_carrying
    from parted
)

select * from final
