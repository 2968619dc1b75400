with frameworks as (
    select * from {{ ref('frameworks') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

source_measures as (
    select * from {{ ref('source_measures') }}
),

source_datasets as (
    select * from {{ ref('source_datasets') }}
),

period_windows as (
    select * from {{ ref('period_windows') }}
),

based as (
    select
        source_measures.framework_id,
        quarters.quarter_id,
        source_measures.measure_id,
        source_measures.dataset_id,
        source_datasets.period_unit,
        source_datasets.is_read,
        source_measures.period_basis,
        period_windows.takes,
        period_windows.months_looked_back,
        period_windows.years_before,
        quarters.quarter_number,
        {{ month_number('quarters.end_date') }} as end_month,
        extract(year from quarters.end_date) as end_year
    from source_measures
    inner join frameworks
        on source_measures.framework_id = frameworks.framework_id
    inner join quarters
        on
            frameworks.first_quarter_id <= quarters.quarter_id
            and coalesce(frameworks.last_quarter_id, quarters.quarter_id) >= quarters.quarter_id
    inner join source_datasets
        on source_measures.dataset_id = source_datasets.dataset_id
    inner join period_windows
        on source_measures.period_basis = period_windows.period_basis
),

-- A publication of years has its periods in the first month of each.
placed as (
    select
        framework_id,
        quarter_id,
        measure_id,
        dataset_id,
        period_unit,
        is_read,
        period_basis,
        takes,
        case
            when period_unit = 'year' then {{ first_month_of_year('end_year - years_before') }}
            else end_month - coalesce(months_looked_back, quarter_number * 3) + 1
        end as first_month,
        case
            when period_unit = 'year' then {{ first_month_of_year('end_year - years_before') }}
            else end_month
        end as last_month
    from based
),

final as (
    select
        framework_id,
        quarter_id,
        measure_id,
        dataset_id,
        period_unit,
        is_read,
        period_basis,
        takes,
        first_month,
        last_month,
        case takes when 'latest' then 1 else last_month - first_month + 1 end as periods_expected
    from placed
)

select * from final
