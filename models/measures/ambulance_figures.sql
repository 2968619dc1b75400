-- Regions and England are sums of trusts, or no figure of their own.
with responses as (
    select * from {{ ref('stg_nhse__ambulance_responses') }}
    where area_kind = 'trust'
)

select
    'ambulance_responses' as dataset_id,
    file_id,
    row_number,
    period_start_date,
    area_code as organisation_code,
    {{ no_text() }} as figure_group,
    {{ no_text() }} as figure_subgroup,
    indicator_id as figure_id,
    cast(null as integer) as band,
    cast(indicator_value as decimal(28, 16)) as figure_number
from responses
