with peer_positions as (
    select * from {{ ref('peer_positions') }}
),

peer_groups as (
    select * from {{ ref('peer_groups') }}
),

peer_figures as (
    select * from {{ ref('peer_figures') }}
)

select
    peer_figures.framework_id,
    peer_figures.quarter_id,
    peer_figures.trust_code,
    peer_groups.grouping_id,
    peer_groups.group_id,
    peer_figures.measure_id,
    peer_figures.measure_kind,
    peer_figures.polarity,
    peer_positions.position_status,
    peer_figures.figure,
    peer_figures.figure_basis,
    peer_positions.compared_count,
    peer_positions.peer_position,
    peer_positions.peer_quartile,
    peer_positions.peer_median,
    peer_positions.gap_to_median,
    peer_positions.best_quarter_edge,
    peer_positions.gap_to_best_quarter,
    peer_positions.position_basis
from peer_positions
inner join peer_groups
    on peer_positions.group_number = peer_groups.group_number
inner join peer_figures
    on peer_positions.figure_number = peer_figures.figure_number
