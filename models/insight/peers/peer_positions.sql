with peer_members as (
    select * from {{ ref('peer_members') }}
    where is_placed
),

peer_groups as (
    select * from {{ ref('peer_groups') }}
),

peer_figures as (
    select * from {{ ref('peer_figures') }}
),

peer_places as (
    select * from {{ ref('peer_places') }}
),

peer_benchmarks as (
    select * from {{ ref('peer_benchmarks') }}
),

judged as (
    select
        peer_members.group_number,
        peer_figures.figure_number,
        peer_figures.polarity,
        peer_figures.signed_figure,
        cast(coalesce(peer_benchmarks.compared_count, 0) as bigint) as compared_count,
        peer_places.peer_position,
        peer_groups.is_whole,
        case
            when peer_figures.figure is null then 'no_figure'
            when peer_benchmarks.compared_count < peer_groups.smallest_group then 'group_too_small'
            else 'placed'
        end as position_status,
        peer_benchmarks.best_quarter_figure,
        peer_benchmarks.median_figure,
        peer_benchmarks.worst_quarter_figure
    from peer_members
    inner join peer_groups
        on peer_members.group_number = peer_groups.group_number
    inner join peer_figures
        on
            peer_members.framework_id = peer_figures.framework_id
            and peer_members.quarter_id = peer_figures.quarter_id
            and peer_members.trust_code = peer_figures.trust_code
    left join peer_places
        on
            peer_members.group_number = peer_places.group_number
            and peer_figures.figure_number = peer_places.figure_number
    left join peer_benchmarks
        on
            peer_members.group_number = peer_benchmarks.group_number
            and peer_figures.measure_number = peer_benchmarks.measure_number
),

-- Rules 3, estimator: a figure on the edge of a quarter is inside it, as a score on a cut point is.
final as (
    select
        group_number,
        figure_number,
        position_status,
        compared_count,
        case when position_status = 'placed' then peer_position end as peer_position,
        cast(
            case
                when position_status <> 'placed' then null
                when signed_figure <= best_quarter_figure then 1
                when signed_figure <= median_figure then 2
                when signed_figure <= worst_quarter_figure then 3
                else 4
            end as bigint
        ) as peer_quartile,
        cast(
            case
                when position_status <> 'placed' then null
                when polarity = 'lower' then median_figure
                else -median_figure
            end as decimal(18, 4)
        ) as peer_median,
        cast(
            case when position_status = 'placed' then median_figure - signed_figure end as decimal(18, 4)
        ) as gap_to_median,
        cast(
            case
                when position_status <> 'placed' then null
                when polarity = 'lower' then best_quarter_figure
                else -best_quarter_figure
            end as decimal(18, 4)
        ) as best_quarter_edge,
        cast(
            case when position_status = 'placed' then best_quarter_figure - signed_figure end
            as decimal(18, 4)
        ) as gap_to_best_quarter,
        case
            when position_status = 'no_figure' then null
            when is_whole then 'computed'
            else 'computed_partial_pool'
        end as position_basis
    from judged
)

select * from final
