with week_bands as (
    select * from {{ ref('stg_nhse__rtt_week_bands') }}
)

select
    'rtt_waits' as dataset_id,
    file_id,
    row_number,
    period_start_date,
    provider_code as organisation_code,
    part_type as figure_group,
    commissioner_group as figure_subgroup,
    'pathways' as figure_id,
    weeks_from as band,
    cast(pathway_count as decimal(28, 16)) as figure_number
from week_bands
