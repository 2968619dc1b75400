with measure_windows as (
    select * from {{ ref('measure_windows') }}
),

measure_months as (
    select
        framework_id,
        quarter_id,
        measure_id,
        count(*) as periods_in_hand,
        min(month_number) as first_month,
        max(month_number) as last_month
    from {{ ref('measure_months') }}
    group by framework_id, quarter_id, measure_id
),

-- Published texts call a month by its first three letters.
month_names as (
    select
        month_number,
        upper(substring(month_name, 1, 1)) || substring(month_name, 2) as short_name
    from {{ ref('month_names') }}
    where length(month_name) = 3
),

judged as (
    select
        measure_windows.framework_id,
        measure_windows.quarter_id,
        measure_windows.measure_id,
        measure_windows.dataset_id,
        measure_windows.period_basis,
        measure_windows.period_unit,
        measure_windows.periods_expected,
        coalesce(measure_months.periods_in_hand, 0) as periods_in_hand,
        case
            when not measure_windows.is_read then 'not_read'
            when measure_months.measure_id is null then 'none'
            when
                measure_months.periods_in_hand = measure_windows.periods_expected
                and measure_months.last_month = measure_windows.last_month
                then 'whole_period'
            else 'part_period'
        end as coverage,
        measure_windows.first_month as window_first_month,
        measure_windows.last_month as window_last_month,
        measure_months.first_month,
        measure_months.last_month
    from measure_windows
    left join measure_months
        on
            measure_windows.framework_id = measure_months.framework_id
            and measure_windows.quarter_id = measure_months.quarter_id
            and measure_windows.measure_id = measure_months.measure_id
),

named as (
    select
        judged.*,
        {{ month_label('judged.first_month', 'first_names.short_name') }} as first_month_label,
        {{ month_label('judged.last_month', 'last_names.short_name') }} as last_month_label
    from judged
    left join month_names as first_names
        on {{ month_of_year('judged.first_month') }} = first_names.month_number
    left join month_names as last_names
        on {{ month_of_year('judged.last_month') }} = last_names.month_number
),

-- The latest month is asked for at the quarter's end; the months before it only stand in for it.
final as (
    select
        framework_id,
        quarter_id,
        measure_id,
        dataset_id,
        period_basis,
        period_unit,
        periods_expected,
        periods_in_hand,
        coverage,
        {{ first_day_of_month('window_last_month - periods_expected + 1') }} as expected_start_date,
        {{ period_end('window_last_month', 'period_unit') }} as expected_end_date,
        {{ first_day_of_month('first_month') }} as period_start_date,
        {{ period_end('last_month', 'period_unit') }} as period_end_date,
        case
            when period_unit = 'year' then {{ as_text(year_of_month('first_month')) }}
            when first_month = last_month then first_month_label
            else first_month_label || ' to ' || last_month_label
        end as period_label
    from named
)

select * from final
