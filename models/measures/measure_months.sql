with measure_windows as (
    select * from {{ ref('measure_windows') }}
),

source_months as (
    select * from {{ ref('source_months') }}
),

in_hand as (
    select
        measure_windows.framework_id,
        measure_windows.quarter_id,
        measure_windows.measure_id,
        measure_windows.dataset_id,
        measure_windows.takes,
        source_months.month_number,
        max(source_months.month_number) over (
            partition by measure_windows.framework_id, measure_windows.quarter_id, measure_windows.measure_id
        ) as newest_month
    from measure_windows
    inner join source_months
        on
            measure_windows.dataset_id = source_months.dataset_id
            and measure_windows.first_month <= source_months.month_number
            and measure_windows.last_month >= source_months.month_number
),

final as (
    select
        framework_id,
        quarter_id,
        measure_id,
        dataset_id,
        month_number
    from in_hand
    where takes = 'all' or month_number = newest_month
)

select * from final
