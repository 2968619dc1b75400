with source_periods as (
    select * from {{ ref('source_periods') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
)

select
    source_periods.framework_id,
    source_periods.quarter_id,
    source_periods.measure_id,
    source_periods.dataset_id,
    source_periods.period_basis,
    source_periods.coverage,
    source_periods.periods_expected,
    source_periods.periods_in_hand,
    source_periods.expected_start_date,
    source_periods.expected_end_date,
    source_periods.period_start_date,
    source_periods.period_end_date
from source_periods
inner join run_scope
    on
        source_periods.framework_id = run_scope.framework_id
        and source_periods.quarter_id = run_scope.quarter_id
