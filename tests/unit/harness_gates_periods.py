"""Context tables and bad cases of the suites about reporting periods, data age and latest possible periods.

Four invented trusts with sickness absence (a quarter late) in Q1 2025/26; ZZ4V5's text names the quarter of
the file. To make the tables twice changes nothing.
"""

from harness_gates_beyond import Bad

KNOWN = "reporting_period_label = 'Q4 2024-25'"
WITHOUT_DAYS = "period_start_date = null, period_end_date = null"
ONE, FOUR = "trust_code = 'ZZ1'", "trust_code = 'ZZ4V5'"

SCORED_TABLES = (
    "create schema if not exists context",
    """
    create or replace table context.reporting_periods as
    select
        text as reporting_period_label, cast(1 as bigint) as form_count, 'parsed' as parse_status,
        'quarter' as form_id, first_day as period_start_date, last_day as period_end_date, 'f1' as file_id,
        cast(2 as bigint) as row_number
    from (
        values ('Q4 2024-25', date '2025-01-01', date '2025-03-31'),
            ('Q1 2025/26', date '2025-04-01', date '2025-06-30')
    ) as texts (text, first_day, last_day)
    """,
    # From 31 March to 30 June are 30 + 31 + 30 days. Another quarter before is not in hand.
    """
    create or replace table context.data_ages as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'OF0082' as metric_id,
        date '2025-06-30' as quarter_end_date,
        case when n < 4 then 'Q4 2024-25' else 'Q1 2025/26' end as reporting_period_label,
        case when n < 4 then 'aged' else 'quarter_only' end as age_status, 'quarter' as period_basis,
        case when n < 4 then date '2025-01-01' end as period_start_date,
        case when n < 4 then date '2025-03-31' end as period_end_date,
        cast(case when n < 4 then 91 end as bigint) as age_days_at_quarter_end,
        case when n < 4 then n < 3 end as is_same_period_as_previous_quarter,
        case when n < 4 then n = 1 end as is_unchanged_since_previous_quarter,
        case when n < 4 then n = 2 end as is_revised_since_previous_quarter
    from main.trusts
    """,
    """
    create or replace table context.latest_possible_periods as
    select
        {grain}, 'acute' as trust_type_id, 'OF0082' as metric_id, 'by_calendar' as calendar_status,
        date '2025-03-31' as latest_end_date, date '2025-03-31' as published_end_date,
        date '2025-03-31' as oldest_end_date, cast(1 as bigint) as period_count,
        cast(4 as bigint) as text_count, cast(0 as bigint) as months_behind, 'latest' as latest_status,
        true as is_latest_possible
    """,
)


def _set(table: str, change: str, where: str = "true") -> list[str]:
    return [f"update context.{table} set {change} where {where}"]


def _twice(table: str, where: str = "true") -> list[str]:
    return [f"insert into context.{table} select * from context.{table} where {where}"]


def _each(table: str, expectation: str, *changes: tuple[str, str]) -> list[tuple[list[str], set[str]]]:
    """One bad build for each change, of which the expectation must make out every one."""
    return [(_set(table, change, where), {expectation}) for change, where in changes]


BAD: Bad = {
    ("scored", "reporting_periods"): [
        (_twice("reporting_periods", KNOWN), {"one_row_per_text_of_a_period"}),
        # What the model makes of a text that no form reads, and of one that two read: told, nothing stops.
        *_each(
            "reporting_periods",
            "every_text_of_a_period_is_read_by_one_form",
            (
                f"form_count = 0, parse_status = 'not_known', {WITHOUT_DAYS}",
                KNOWN,
            ),
            (
                f"form_count = 2, parse_status = 'ambiguous', {WITHOUT_DAYS}",
                KNOWN,
            ),
        ),
        *_each(
            "reporting_periods",
            "a_read_text_has_days_and_no_other_has",
            ("period_start_date = null", KNOWN),
            ("period_end_date = null", KNOWN),
            ("period_end_date = date '2024-12-31'", KNOWN),
            ("parse_status = 'open_ended'", KNOWN),
            ("parse_status = 'not_known'", KNOWN),
            ("parse_status = 'guessed'", KNOWN),
            ("form_count = 2", KNOWN),
            ("form_count = 0, parse_status = 'not_known'", KNOWN),
            ("form_count = 2, parse_status = 'ambiguous'", KNOWN),
        ),
    ],
    ("scored", "data_ages"): [
        (_twice("data_ages", ONE), {"one_age_per_trust_and_metric"}),
        (
            [f"delete from context.data_ages where {ONE}"],
            {"every_metric_about_a_trust_has_an_age_or_says_why_not"},
        ),
        (
            _set("data_ages", "metric_id = 'OF0084'", ONE),
            {"every_metric_about_a_trust_has_an_age_or_says_why_not"},
        ),
        *_each(
            "data_ages",
            "every_age_status_agrees_with_its_age",
            ("age_status = null", ONE),
            ("age_status = 'young'", ONE),
            ("age_days_at_quarter_end = null", ONE),
            ("age_days_at_quarter_end = -1", ONE),
            ("age_status = 'not_over'", ONE),
            ("age_status = 'quarter_only'", ONE),
            ("age_days_at_quarter_end = 0", FOUR),
        ),
        *_each(
            "data_ages",
            "every_age_is_counted_from_its_period_to_the_end_of_the_quarter",
            ("age_days_at_quarter_end = 90", ONE),
            ("period_end_date = null", ONE),
            ("period_end_date = date '2025-03-30'", ONE),
            ("quarter_end_date = date '2025-07-01', age_days_at_quarter_end = 92", ONE),
        ),
        *_each(
            "data_ages",
            "what_is_unchanged_or_revised_is_of_the_same_period",
            ("is_revised_since_previous_quarter = true", ONE),
            ("is_unchanged_since_previous_quarter = false", ONE),
            ("is_unchanged_since_previous_quarter = null", ONE),
            ("is_same_period_as_previous_quarter = false", ONE),
            ("is_same_period_as_previous_quarter = null", ONE),
            ("is_same_period_as_previous_quarter = null", "trust_code = 'ZZ2'"),
            ("is_unchanged_since_previous_quarter = null", "trust_code = 'ZZ3'"),
        ),
        (
            _set(
                "data_ages",
                "age_status = 'after_quarter', age_days_at_quarter_end = -31,"
                " period_end_date = date '2025-07-31'",
                ONE,
            ),
            {"no_period_ends_after_its_quarter_unless_it_may"},
        ),
        (_set("data_ages", "age_status = 'other_form'", FOUR), {"every_text_is_of_the_shape_of_its_metric"}),
    ],
    ("scored", "latest_possible_periods"): [
        (_twice("latest_possible_periods"), {"one_latest_period_per_type_and_metric"}),
        *_each(
            "latest_possible_periods",
            "every_latest_period_agrees_with_what_the_calendar_knows",
            ("latest_end_date = null", "true"),
            ("calendar_status = 'window'", "true"),
            ("calendar_status = 'guessed'", "true"),
        ),
        *_each(
            "latest_possible_periods",
            "every_latest_status_agrees_with_the_months_behind",
            ("latest_status = 'behind'", "true"),
            ("latest_status = 'no_text'", "true"),
            ("latest_status = 'period_not_said'", "true"),
            ("latest_status = 'not_by_calendar'", "true"),
            ("latest_status = 'fine'", "true"),
            ("is_latest_possible = null", "true"),
            ("months_behind = 1", "true"),
            ("published_end_date = date '2024-12-31'", "true"),
            ("latest_status = 'behind', months_behind = 3, is_latest_possible = false", "true"),
        ),
        (
            _set(
                "latest_possible_periods",
                "latest_status = 'ahead', months_behind = -3, published_end_date = date '2025-06-30'",
            ),
            {"no_published_period_is_later_than_the_calendar_allows"},
        ),
        (
            _set("latest_possible_periods", "period_count = 2, oldest_end_date = date '2024-12-31'"),
            {"a_metric_has_one_period_in_a_trust_type"},
        ),
    ],
}
