with run_scope as (
    select * from {{ ref('run_scope') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

forecast_quarters as (
    select * from {{ ref('forecast_quarters') }}
),

-- A forecast is told by the very name of its quarter, wherever a reader meets it; NHS England has no such name, so that
-- no loader of its files takes such a row for a published one.
final as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        case
            when forecast_quarters.quarter_id is not null then quarters.quarter_label || ' (forecast)'
            else quarters.quarter_label
        end as quarter_label,
        quarters.financial_year_label,
        quarters.quarter_number,
        quarters.start_date,
        quarters.end_date,
        forecast_quarters.quarter_id is not null as is_forecast,
        forecast_quarters.carried_quarter_id
    from run_scope
    inner join quarters
        on run_scope.quarter_id = quarters.quarter_id
    left join forecast_quarters
        on
            run_scope.framework_id = forecast_quarters.framework_id
            and run_scope.quarter_id = forecast_quarters.quarter_id
)

select * from final
