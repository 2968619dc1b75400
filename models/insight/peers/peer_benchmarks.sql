with peer_places as (
    select * from {{ ref('peer_places') }}
),

peer_groups as (
    select * from {{ ref('peer_groups') }}
),

benchmark_quantiles as (
    select * from {{ ref('benchmark_quantiles') }}
),

-- Rules 4, benchmarks, but by goodness: of signed figures the lower quartile is the edge of the best quarter.
edges as (
    select
        peer_groups.group_number,
        max(case when benchmark_quantiles.benchmark_id = 'lower_quartile' then benchmark_quantiles.quantile end)
            as best_quarter,
        max(case when benchmark_quantiles.benchmark_id = 'median' then benchmark_quantiles.quantile end) as middle,
        max(case when benchmark_quantiles.benchmark_id = 'upper_quartile' then benchmark_quantiles.quantile end)
            as worst_quarter
    from peer_groups
    inner join benchmark_quantiles
        on peer_groups.framework_id = benchmark_quantiles.framework_id
    group by peer_groups.group_number
),

-- Fixed to the four decimals of the figures, so that what is published beside a quartile is what decided it.
final as (
    select
        peer_places.group_number,
        peer_places.measure_number,
        peer_places.compared_count,
        cast({{ round_half_up(quantile_type_7(
            'peer_places.signed_figure', 'peer_places.figure_order', 'peer_places.compared_count', 'edges.best_quarter'
        ), 4) }} as decimal(18, 4)) as best_quarter_figure,
        cast({{ round_half_up(quantile_type_7(
            'peer_places.signed_figure', 'peer_places.figure_order', 'peer_places.compared_count', 'edges.middle'
        ), 4) }} as decimal(18, 4)) as median_figure,
        cast({{ round_half_up(quantile_type_7(
            'peer_places.signed_figure', 'peer_places.figure_order', 'peer_places.compared_count', 'edges.worst_quarter'
        ), 4) }} as decimal(18, 4)) as worst_quarter_figure
    from peer_places
    inner join edges
        on peer_places.group_number = edges.group_number
    group by peer_places.group_number, peer_places.measure_number, peer_places.compared_count
)

select * from final
