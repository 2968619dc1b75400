with metric_weights as (
    select * from {{ ref('metric_weights') }}
),

benchmark_quantiles as (
    select * from {{ ref('benchmark_quantiles') }}
    where benchmark_id = 'median'
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
    where is_complete
),

-- A median of the trusts that happen to be in hand would pass for the median of the trust type.
positioned as (
    select
        metric_weights.framework_id,
        metric_weights.quarter_id,
        metric_weights.trust_type_id,
        metric_weights.metric_id,
        metric_weights.averaged_score,
        row_number() over (
            partition by
                metric_weights.framework_id,
                metric_weights.quarter_id,
                metric_weights.trust_type_id,
                metric_weights.metric_id
            order by metric_weights.averaged_score, metric_weights.trust_code
        ) as score_position,
        count(*) over (
            partition by
                metric_weights.framework_id,
                metric_weights.quarter_id,
                metric_weights.trust_type_id,
                metric_weights.metric_id
        ) as peers_counted
    from metric_weights
    inner join trust_type_completeness
        on
            metric_weights.framework_id = trust_type_completeness.framework_id
            and metric_weights.quarter_id = trust_type_completeness.quarter_id
            and metric_weights.trust_type_id = trust_type_completeness.trust_type_id
),

final as (
    select
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        positioned.peers_counted,
        cast({{ quantile_type_7(
            'positioned.averaged_score',
            'positioned.score_position',
            'positioned.peers_counted',
            'benchmark_quantiles.quantile',
        ) }} as decimal(18, 10)) as peer_median_score
    from positioned
    inner join benchmark_quantiles
        on positioned.framework_id = benchmark_quantiles.framework_id
    group by
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        positioned.peers_counted
)

select * from final
