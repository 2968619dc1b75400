with peer_members as (
    select * from {{ ref('peer_members') }}
),

peer_figures as (
    select * from {{ ref('peer_figures') }}
    where figure is not null
),

compared as (
    select
        peer_members.group_number,
        peer_figures.measure_number,
        peer_figures.figure_number,
        peer_figures.signed_figure
    from peer_members
    inner join peer_figures
        on
            peer_members.framework_id = peer_figures.framework_id
            and peer_members.quarter_id = peer_figures.quarter_id
            and peer_members.trust_code = peer_figures.trust_code
),

-- Ties share the best place, as in the framework's own ranks (rules 1).
final as (
    select
        group_number,
        measure_number,
        figure_number,
        signed_figure,
        cast(rank() over (
            partition by group_number, measure_number
            order by signed_figure
        ) as bigint) as peer_position,
        cast(row_number() over (
            partition by group_number, measure_number
            order by signed_figure, figure_number
        ) as integer) as figure_order,
        cast(count(*) over (partition by group_number, measure_number) as integer) as compared_count
    from compared
)

select * from final
