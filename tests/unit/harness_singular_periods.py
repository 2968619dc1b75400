"""Statements that break what the singular tests claim of periods: forms, units, bases and metrics."""


def _form(form_id: str, change: str) -> str:
    return f"update reference.reporting_period_forms set {change} where form_id = '{form_id}'"


def _boundary(form_id: str, boundary: str, change: str) -> str:
    where = f"form_id = '{form_id}' and boundary = '{boundary}'"
    return f"update reference.reporting_period_boundaries set {change} where {where}"


def _basis(period_basis: str, change: str) -> str:
    return f"update reference.period_bases set {change} where period_basis = '{period_basis}'"


def _metric(metric_id: str, change: str) -> str:
    return f"update framework.metric_periods set {change} where metric_id = '{metric_id}'"


BREAKS = {
    "the_example_of_each_period_form_is_read_as_its_row_says": [
        _form("month", "example = 'Jun-13x'"),
        _form("quarter", "example = 'Q5 2025/26'"),
        _form("quarter", "example = 'Q4 2024-26'"),
        _form("calendar_year", "example = '2025/26'"),
        _form("year_to_month", "example = 'Month 12 2025'"),
        _form("awarded_between", "example = 'Latest published if awarded between 31 Feb 24 and 12 Feb 26'"),
        _form("month", "pattern = '[A-Z]'"),
        _form("month", "short_year_base = 1900"),
        _form("month", "example_start_date = date '2025-06-02'"),
        _form("month", "example_start_date = null"),
        _form("month", "example_end_date = null"),
        _form("awarded_after", "example_end_date = date '2025-08-31'"),
        _form("months_against_months", "example_comparison_start_date = null"),
        _form("months_against_months", "example_comparison_end_date = date '2024-05-31'"),
        _form("calendar_year", "pattern = '(20[0-9]{2})(?:/24)?'"),
        _boundary("month", "end", "edge = 'first_day'"),
        _boundary("quarter", "start", "unit_id = 'financial_month'"),
        "delete from reference.month_names where month_name = 'jun'",
        "update reference.period_units set year_starts_in_month = 1 where unit_id = 'financial_year'",
        # A month that is asked for its year alone too.
        "insert into reference.reporting_period_boundaries by name select * replace ('month' as form_id)"
        " from reference.reporting_period_boundaries where form_id = 'calendar_year'",
    ],
    "period_forms_units_and_bases_fit_together": [
        _form("month", "period_basis = 'moon'"),
        _form("month", "short_year_base = null"),
        _boundary("month", "start", "boundary = 'begin'"),
        _boundary("month", "end", "unit_id = 'moon'"),
        _boundary("month", "end", "edge = 'somewhere'"),
        _boundary("month", "end", "edge = 'the_day'"),
        _boundary("month", "end", "number_group = null"),
        _boundary("month", "end", "year_group = null"),
        _boundary("month", "end", "form_id = 'moon'"),
        _boundary("calendar_year", "end", "number_group = 1"),
        _boundary("awarded_between", "end", "day_group = null"),
        _boundary("awarded_between", "end", "unit_id = 'calendar_month'"),
        "update reference.period_units set months_in_unit = 4 where unit_id = 'financial_quarter'",
        "update reference.period_units set year_starts_in_month = 13 where unit_id = 'financial_year'",
        "update reference.period_units set year_starts_in_month = null where unit_id = 'financial_year'",
        _basis("quarter", "end_unit_id = null"),
        _basis("quarter", "length_months = null"),
        _basis("quarter", "length_months = 0"),
        _basis("quarter", "start_unit_id = 'financial_year'"),
        _basis("year_to_date", "start_unit_id = null"),
        _basis("quarter", "is_window = true"),
        _basis("quarter", "is_window = null"),
        _basis("rating_window", "is_window = false"),
        _basis("quarter", "period_shape = null"),
        _basis("quarter", "may_end_after_quarter = null"),
    ],
    "every_metric_of_a_framework_with_periods_has_one_period": [
        "delete from framework.metric_periods where metric_id = 'OF0082' and framework_id = 'nof-2025-26'",
        "delete from framework.metric_periods where framework_id = 'nof-2025-26'",
        "insert into framework.metric_periods from framework.metric_periods where metric_id = 'OF0082'",
        _metric("OF0082", "metric_id = 'UN0008'"),
        _metric("OF0082", "period_basis = 'moon'"),
        _metric("OF0082", "lag_months = -3"),
        _metric("OF0067", "lag_months = 0"),
        _metric("OF0082", "source = ' '"),
        _metric("OF0082", "certainty = null"),
    ],
}
