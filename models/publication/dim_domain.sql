with frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
),

domains as (
    select * from {{ ref('domains') }}
)

select
    domains.framework_id,
    domains.domain_id,
    domains.domain_label,
    domains.domain_segment_id,
    domains.display_order,
    domains.is_scored
from domains
inner join frameworks
    on domains.framework_id = frameworks.framework_id
