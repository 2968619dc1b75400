with core_metrics as (
    select * from {{ ref('core_metrics') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    core_metrics.framework_id,
    core_metrics.trust_type_id,
    core_metrics.metric_id,
    core_metrics.source
from core_metrics
inner join scored_frameworks
    on core_metrics.framework_id = scored_frameworks.framework_id
