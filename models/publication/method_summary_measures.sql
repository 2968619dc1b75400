with summary_measures as (
    select * from {{ ref('summary_measures') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    summary_measures.framework_id,
    summary_measures.measure_id,
    summary_measures.measure_label,
    summary_measures.measure_role,
    summary_measures.unit_label
from summary_measures
inner join scored_frameworks
    on summary_measures.framework_id = scored_frameworks.framework_id
