with override_inputs as (
    select * from {{ ref('override_inputs') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    override_inputs.framework_id,
    override_inputs.metric_id,
    override_inputs.input_label,
    override_inputs.source,
    override_inputs.certainty
from override_inputs
inner join scored_frameworks
    on override_inputs.framework_id = scored_frameworks.framework_id
