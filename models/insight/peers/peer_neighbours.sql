with peer_context as (
    select * from {{ ref('peer_context') }}
),

peer_neighbour_settings as (
    select * from {{ ref('peer_neighbour_settings') }}
),

pairs as (
    select
        peer_context.framework_id,
        peer_context.quarter_id,
        peer_context.trust_type_id,
        peer_context.trust_code,
        candidates.trust_code as neighbour_code,
        count(*) as shared_metrics,
        sum(
            cast(
                (peer_context.standard_score - candidates.standard_score)
                * (peer_context.standard_score - candidates.standard_score)
                as decimal(24, 12)
            )
        ) as sum_of_squares
    from peer_context
    inner join peer_context as candidates
        on
            peer_context.framework_id = candidates.framework_id
            and peer_context.quarter_id = candidates.quarter_id
            and peer_context.trust_type_id = candidates.trust_type_id
            and peer_context.metric_id = candidates.metric_id
            and peer_context.trust_code <> candidates.trust_code
    group by
        peer_context.framework_id,
        peer_context.quarter_id,
        peer_context.trust_type_id,
        peer_context.trust_code,
        candidates.trust_code
),

-- Per metric shared: otherwise those who share less would be nearer for it.
distances as (
    select
        pairs.framework_id,
        pairs.quarter_id,
        pairs.trust_type_id,
        pairs.trust_code,
        pairs.neighbour_code,
        pairs.shared_metrics,
        peer_neighbour_settings.neighbours,
        cast(pairs.sum_of_squares / pairs.shared_metrics as decimal(24, 10)) as mean_square
    from pairs
    inner join peer_neighbour_settings
        on
            pairs.framework_id = peer_neighbour_settings.framework_id
            and pairs.trust_type_id = peer_neighbour_settings.trust_type_id
    where pairs.shared_metrics >= peer_neighbour_settings.fewest_shared_metrics
),

ordered as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        trust_code,
        neighbour_code,
        shared_metrics,
        neighbours,
        mean_square,
        row_number() over (
            partition by framework_id, quarter_id, trust_code
            order by mean_square, neighbour_code
        ) as neighbour_order
    from distances
),

final as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        trust_code,
        neighbour_code,
        neighbour_order,
        shared_metrics,
        mean_square,
        cast(sqrt(mean_square) as decimal(18, 4)) as distance
    from ordered
    where neighbour_order <= neighbours
)

select * from final
