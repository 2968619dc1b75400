"""Tables and bad cases of the suites about contributions and distances.

The trust number n has the average n, of two metrics that weigh the same, and is in segment n.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    """
    create table insight.contributions as
    select
        {grain}, trust_code, metric_id, cast(0.5 as decimal(18, 15)) as metric_weight,
        cast(n / 2.0 as decimal(18, 15)) as part_of_average
    from main.trusts cross join (select unnest(['OF0061', 'OF0082']) as metric_id)
    """,
    """
    create table insight.segment_distances as
    select
        {grain}, trust_code, 'OF0082' as metric_id, direction,
        case when n + step between 1 and 4 then 'distance' else 'already_best' end as distance_status,
        cast(n as bigint) as unadjusted_segment,
        cast(case when n + step between 1 and 4 then n + step end as bigint) as reached_segment
    from main.trusts
    cross join (select 'better' as direction, -1 as step union all select 'worse', 1)
    """,
    """
    create table insight.average_distances as
    select
        {grain}, trust_code, direction, cast(n as decimal(6, 2)) as average_metric_score,
        cast(case when n + step between 1 and 4 then n + step end as decimal(6, 2)) as needed_average,
        cast(case when n + step between 1 and 4 then 1 else 0 end as bigint) as metrics_that_suffice
    from main.trusts
    cross join (select 'better' as direction, -1 as step union all select 'worse', 1)
    """,
)

PARTS, WEIGHTS = "the_parts_of_an_average_add_up_to_it", "the_weights_of_an_average_add_up_to_one"
REACHED = "what_a_distance_reaches_lies_in_its_direction"
COUNTED = "the_metrics_that_suffice_are_counted_whole"
NEEDED = "the_needed_average_is_on_the_other_side"


def _set(table: str, change: str, where: str) -> list[str]:
    return [f"update insight.{table} set {change} where {where}"]


BAD: Bad = {
    ("scored", "contributions"): [
        (_set("contributions", "part_of_average = 1.01", "trust_code = 'ZZ2'"), {PARTS}),
        (_set("contributions", "metric_weight = 0.49", "trust_code = 'ZZ1'"), {WEIGHTS}),
        (["delete from insight.contributions where trust_code = 'ZZ3'"], {PARTS, WEIGHTS}),
        (
            [
                "update scoring.delivery_scores set average_metric_score_unrounded = null"
                " where trust_code = 'ZZ1'"
            ],
            {PARTS, WEIGHTS},
        ),
    ],
    ("scored", "distances"): [
        (
            _set("segment_distances", "reached_segment = 2", "trust_code = 'ZZ2' and direction = 'better'"),
            {REACHED},
        ),
        (
            _set("segment_distances", "reached_segment = 1", "trust_code = 'ZZ2' and direction = 'worse'"),
            {REACHED},
        ),
        (
            _set("segment_distances", "distance_status = 'no_value_suffices'", "trust_code = 'ZZ2'"),
            {COUNTED},
        ),
        (_set("average_distances", "metrics_that_suffice = 2", "trust_code = 'ZZ3'"), {COUNTED}),
        (
            _set("average_distances", "needed_average = 3", "trust_code = 'ZZ3' and direction = 'better'"),
            {NEEDED},
        ),
        (
            _set("average_distances", "needed_average = 1", "trust_code = 'ZZ1' and direction = 'worse'"),
            {NEEDED},
        ),
        (["delete from insight.average_distances where trust_code = 'ZZ3'"], {REACHED, COUNTED, NEEDED}),
    ],
}
