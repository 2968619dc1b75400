with scored_quarters as (
    select * from {{ ref('scored_quarters') }}
),

publication_calendar as (
    select * from {{ ref('publication_calendar') }}
)

select
    scored_quarters.framework_id,
    scored_quarters.quarter_id,
    scored_quarters.quarter_label,
    scored_quarters.financial_year_label,
    scored_quarters.quarter_number,
    scored_quarters.start_date,
    scored_quarters.end_date,
    publication_calendar.publication_date,
    publication_calendar.date_kind as publication_date_kind,
    scored_quarters.is_forecast,
    scored_quarters.carried_quarter_id
from scored_quarters
left join publication_calendar
    on scored_quarters.quarter_id = publication_calendar.quarter_id
