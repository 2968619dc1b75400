"""Tables and bad cases of the suite about peers.

Four trusts are one whole group of a trust type, with sickness absence of 4, 5, 5 and 6; the group of a region
has the same members, is not whole and asks for five.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    """
    create table insight.peer_groups as
    select
        {grain}, grouping_id, group_number, cast(smallest as bigint) as smallest_group, is_whole
    from (values ('trust_type', 1, 3, true), ('region', 2, 5, false))
        as t (grouping_id, group_number, smallest, is_whole)
    """,
    """
    create table insight.peer_figures as
    select
        {grain}, trust_code, 'OF0082' as measure_id, cast(1 as bigint) as measure_number,
        cast(n as bigint) as figure_number, cast([4, 5, 5, 6][n] as decimal(18, 4)) as figure
    from main.trusts
    """,
    # Half of the four are at the median of 5 or better.
    """
    create table insight.peer_positions as
    select
        cast(group_number as bigint) as group_number, cast(n as bigint) as figure_number,
        case group_number when 1 then 'placed' else 'group_too_small' end as position_status,
        cast(4 as bigint) as compared_count,
        case group_number when 1 then cast([1, 2, 2, 4][n] as bigint) end as peer_position,
        case group_number when 1 then cast([1, 2, 2, 4][n] as bigint) end as peer_quartile,
        case group_number when 1 then cast([1, 0, 0, -1][n] as decimal(18, 4)) end as gap_to_median,
        case group_number when 1 then 'computed' else 'computed_partial_pool' end as position_basis
    from main.trusts cross join (values (1), (2)) as t (group_number)
    """,
)

POSITIONS = "insight.peer_positions"
WHY = "every_position_says_why_it_is_or_is_not_shown"
ALL_COMPARED = "every_peer_that_has_a_figure_is_compared"
WITHOUT_GAPS = "positions_among_peers_run_from_1_without_gaps_but_for_ties"
BETTER_HALF = "the_better_half_of_a_group_is_not_behind_its_median"


def _set(expectation: str, change: str, where: str) -> tuple[list[str], set[str]]:
    return [f"update {POSITIONS} set {change} where {where}"], {expectation}


BAD: Bad = {
    ("scored", "peer_positions"): [
        _set(WHY, "position_basis = 'computed'", "group_number = 2"),
        _set(WHY, "position_status = 'placed'", "group_number = 2 and figure_number = 1"),
        _set(WHY, "position_status = 'no_figure'", "group_number = 1 and figure_number = 1"),
        _set(ALL_COMPARED, "compared_count = 3", "figure_number = 2"),
        ([f"delete from {POSITIONS} where figure_number = 4"], {ALL_COMPARED}),
        _set(WITHOUT_GAPS, "peer_position = 3", "group_number = 1 and figure_number in (2, 3)"),
        _set(BETTER_HALF, "peer_quartile = 3", "group_number = 1 and figure_number = 2"),
        _set(BETTER_HALF, "gap_to_median = 1", "group_number = 1 and figure_number = 4"),
    ],
}
