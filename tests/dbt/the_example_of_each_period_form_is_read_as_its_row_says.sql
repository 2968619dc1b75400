-- Each form reads its own example, alone, as the days that were worked out by hand; no other form reads it too.
with reporting_period_forms as (
    select * from {{ ref('reporting_period_forms') }}
),

reporting_period_boundaries as (
    select * from {{ ref('reporting_period_boundaries') }}
),

period_units as (
    select * from {{ ref('period_units') }}
),

month_names as (
    select * from {{ ref('month_names') }}
),

texts as (
    select distinct example as reporting_period_label from reporting_period_forms
),

{{ read_periods(
    'texts', 'reporting_period_forms', 'reporting_period_boundaries', 'period_units', 'month_names'
) }},

believed as (
    select * from readings
    where is_read
),

final as (
    select
        reporting_period_forms.form_id,
        reporting_period_forms.example,
        believed.form_id as read_by_form_id,
        believed.period_start_date,
        believed.period_end_date
    from reporting_period_forms
    left join believed
        on reporting_period_forms.example = believed.reporting_period_label
    where
        believed.form_id is null
        or believed.form_id <> reporting_period_forms.form_id
        or reporting_period_forms.example_start_date is null
        or reporting_period_forms.example_start_date <> believed.period_start_date
        or coalesce({{ as_text('reporting_period_forms.example_end_date') }}, '')
        <> coalesce({{ as_text('believed.period_end_date') }}, '')
        or coalesce({{ as_text('reporting_period_forms.example_comparison_start_date') }}, '')
        <> coalesce({{ as_text('believed.comparison_start_date') }}, '')
        or coalesce({{ as_text('reporting_period_forms.example_comparison_end_date') }}, '')
        <> coalesce({{ as_text('believed.comparison_end_date') }}, '')
)

select * from final
