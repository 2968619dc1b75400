with run_scope as (
    select * from {{ ref('run_scope') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

publication_calendar as (
    select * from {{ ref('publication_calendar') }}
)

select
    run_scope.framework_id,
    quarters.quarter_id,
    quarters.quarter_label,
    quarters.financial_year_label,
    quarters.quarter_number,
    quarters.start_date,
    quarters.end_date,
    publication_calendar.publication_date,
    publication_calendar.date_kind as publication_date_kind
from run_scope
inner join quarters
    on run_scope.quarter_id = quarters.quarter_id
left join publication_calendar
    on run_scope.quarter_id = publication_calendar.quarter_id
