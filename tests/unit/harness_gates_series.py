"""Tables and bad cases of the suite about series.

Two quarters of sickness absence of four trusts: ZZ1 is in a shift, ZZ2 is of common cause, ZZ3 has too few
points and ZZ4V5 has none.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    """
    create table insight.series_points as
    select
        'nof-2025-26' as framework_id, trust_code, 'OF0082' as metric_id, quarter_id,
        cast(1 as bigint) as part_number
    from main.trusts cross join (values ('2025-26-Q1'), ('2025-26-Q2')) as t (quarter_id)
    where n < 4
    """,
    """
    create table insight.series as
    select
        'nof-2025-26' as framework_id, trust_code, 'OF0082' as metric_id,
        cast(case when n < 4 then 2 else 0 end as bigint) as point_count,
        case when n < 4 then '2025-26-Q2' end as latest_quarter_id,
        case when n < 4 then cast(1 as bigint) end as part_number,
        case when n < 3 then cast(5 as decimal(18, 6)) end as mean_value,
        case when n < 3 then cast(4 as decimal(18, 6)) end as lower_limit,
        case when n < 3 then cast(6 as decimal(18, 6)) end as upper_limit,
        case when n = 1 then 'shift' end as latest_rule,
        case n
            when 1 then 'special_cause_improving_low' when 2 then 'common_cause' when 3 then 'too_few_points'
            else 'no_points'
        end as variation
    from main.trusts
    """,
)

ON_CHART = "every_point_of_a_series_is_on_its_chart"
NEWEST = "a_series_is_judged_by_its_newest_point"
LIMITS = "a_series_has_an_icon_only_where_it_has_limits"
SPECIAL = "special_cause_is_shown_with_the_rule_that_found_it"


def _set(expectation: str, change: str, where: str) -> tuple[list[str], set[str]]:
    return [f"update insight.series set {change} where trust_code = '{where}'"], {expectation}


BAD: Bad = {
    ("scored", "series"): [
        _set(ON_CHART, "point_count = 3", "ZZ1"),
        (["delete from insight.series_points where trust_code = 'ZZ2'"], {ON_CHART, NEWEST}),
        _set(NEWEST, "latest_quarter_id = '2025-26-Q1'", "ZZ1"),
        _set(NEWEST, "part_number = 2", "ZZ2"),
        _set(LIMITS, "variation = 'common_cause'", "ZZ3"),
        _set(LIMITS, "variation = 'too_few_points'", "ZZ1"),
        _set(LIMITS, "mean_value = 7", "ZZ2"),
        _set(SPECIAL, "variation = 'common_cause'", "ZZ1"),
        _set(SPECIAL, "variation = 'special_cause_concerning_high'", "ZZ2"),
    ],
}
