with metric_values as (
    select * from {{ ref('metric_values') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

metric_periods as (
    select * from {{ ref('metric_periods') }}
),

period_bases as (
    select * from {{ ref('period_bases') }}
),

period_units as (
    select * from {{ ref('period_units') }}
),

cells as (
    select distinct
        framework_id,
        quarter_id,
        metric_id
    from metric_values
),

-- The month after the last one that may be counted: a lag of none ends with the quarter.
allowed as (
    select
        cells.framework_id,
        cells.quarter_id,
        cells.metric_id,
        quarters.start_date as quarter_start_date,
        quarters.end_date as quarter_end_date,
        quarters.previous_quarter_id,
        metric_periods.period_basis,
        period_bases.period_shape,
        period_bases.may_end_after_quarter,
        period_bases.is_window,
        period_bases.length_months,
        metric_periods.lag_months,
        metric_periods.source as rule_source,
        metric_periods.certainty as rule_certainty,
        end_units.months_in_unit as end_months_in_unit,
        end_units.year_starts_in_month as end_year_starts_in_month,
        start_units.months_in_unit as start_months_in_unit,
        start_units.year_starts_in_month as start_year_starts_in_month,
        {{ month_number('quarters.end_date') }} + 1 - metric_periods.lag_months as month_after
    from cells
    inner join quarters
        on cells.quarter_id = quarters.quarter_id
    left join metric_periods
        on
            cells.framework_id = metric_periods.framework_id
            and cells.metric_id = metric_periods.metric_id
    left join period_bases
        on metric_periods.period_basis = period_bases.period_basis
    left join period_units as end_units
        on period_bases.end_unit_id = end_units.unit_id
    left join period_units as start_units
        on period_bases.start_unit_id = start_units.unit_id
),

ended as (
    select
        framework_id,
        quarter_id,
        metric_id,
        quarter_start_date,
        quarter_end_date,
        previous_quarter_id,
        period_basis,
        period_shape,
        may_end_after_quarter,
        is_window,
        length_months,
        lag_months,
        rule_source,
        rule_certainty,
        start_months_in_unit,
        start_year_starts_in_month,
        {{ unit_start_up_to('month_after', 'end_months_in_unit', 'end_year_starts_in_month') }} as next_month
    from allowed
),

started as (
    select
        framework_id,
        quarter_id,
        metric_id,
        quarter_start_date,
        quarter_end_date,
        previous_quarter_id,
        period_basis,
        period_shape,
        may_end_after_quarter,
        is_window,
        lag_months,
        rule_source,
        rule_certainty,
        next_month,
        case
            when length_months is not null then next_month - length_months
            else {{ unit_start_up_to('(next_month - 1)', 'start_months_in_unit', 'start_year_starts_in_month') }}
        end as first_month
    from ended
),

final as (
    select
        framework_id,
        quarter_id,
        metric_id,
        quarter_start_date,
        quarter_end_date,
        previous_quarter_id,
        period_basis,
        period_shape,
        coalesce(may_end_after_quarter, true) as may_end_after_quarter,
        coalesce(is_window, false) as is_window,
        lag_months,
        case when next_month is not null then {{ first_day_of_month('first_month') }} end
            as latest_start_date,
        case when next_month is not null then {{ last_day_before_month('next_month') }} end
            as latest_end_date,
        case
            when period_basis is null then 'not_stated'
            when is_window then 'window'
            when lag_months is null then 'lag_not_known'
            else 'by_calendar'
        end as calendar_status,
        rule_source,
        rule_certainty
    from started
)

select * from final
