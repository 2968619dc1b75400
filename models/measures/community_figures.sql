-- Boards, regions and England are sums of providers.
with waits as (
    select * from {{ ref('stg_nhse__community_waits') }}
    where organisation_kind = 'provider'
)

select
    'community_waits' as dataset_id,
    file_id,
    row_number,
    period_start_date,
    organisation_code,
    age_group as figure_group,
    service_label as figure_subgroup,
    weeks_band as figure_id,
    cast(null as integer) as band,
    cast(waiting_count as decimal(28, 16)) as figure_number
from waits
