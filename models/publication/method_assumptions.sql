with assumptions as (
    select * from {{ ref('assumptions') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    assumptions.framework_id,
    assumptions.assumption_id,
    assumptions.assumption,
    assumptions.reason,
    assumptions.seed_name
from assumptions
inner join scored_frameworks
    on assumptions.framework_id = scored_frameworks.framework_id
