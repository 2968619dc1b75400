-- The domain of finance is the one that the inputs of the financial override lie in. What an organisation plans there
-- is its own until it is published: a metric that comes into that domain has its plan and its baseline in the seed.
with metrics as (
    select * from {{ ref('metrics') }}
),

override_inputs as (
    select * from {{ ref('override_inputs') }}
),

confidential_inputs as (
    select * from {{ ref('confidential_inputs') }}
),

registers as (
    select * from {{ ref('registers') }}
    where register_id in ('plan', 'baseline')
),

finance_domains as (
    select distinct
        metrics.framework_id,
        metrics.domain_id
    from metrics
    inner join override_inputs
        on
            metrics.framework_id = override_inputs.framework_id
            and metrics.metric_id = override_inputs.metric_id
)

select
    metrics.framework_id,
    metrics.metric_id,
    registers.register_id
from metrics
inner join finance_domains
    on
        metrics.framework_id = finance_domains.framework_id
        and metrics.domain_id = finance_domains.domain_id
cross join registers
left join confidential_inputs
    on
        registers.register_id = confidential_inputs.register_id
        and coalesce(confidential_inputs.subject_id, metrics.metric_id) = metrics.metric_id
where confidential_inputs.register_id is null
