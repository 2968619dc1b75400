-- Rules 7: contextual metrics sit beside the score and never enter it. No cell is both, by its place or its status.
with context_values as (
    select * from {{ ref('context_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
)

select
    context_values.quarter_id,
    context_values.trust_code,
    context_values.metric_id,
    'in metric_scores' as problem
from context_values
inner join metric_scores
    on
        context_values.framework_id = metric_scores.framework_id
        and context_values.quarter_id = metric_scores.quarter_id
        and context_values.trust_code = metric_scores.trust_code
        and context_values.metric_id = metric_scores.metric_id

union all

select
    quarter_id,
    trust_code,
    metric_id,
    'has the status of a score' as problem
from context_values
where context_status = 'scored'
