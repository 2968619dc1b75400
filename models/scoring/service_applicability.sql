with register_in_force as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'service'
),

metric_services as (
    select * from {{ ref('metric_services') }}
),

services_of_metrics as (
    select
        framework_id,
        metric_id,
        count(*) as service_count
    from metric_services
    group by framework_id, metric_id
),

-- The entry that decides is shown: one that is run if there is one, otherwise the first that is not.
known as (
    select
        register_in_force.framework_id,
        register_in_force.quarter_id,
        register_in_force.trust_code,
        metric_services.metric_id,
        register_in_force.value_id,
        register_in_force.file_id,
        register_in_force.row_number,
        count(*) over (
            partition by
                register_in_force.framework_id,
                register_in_force.quarter_id,
                register_in_force.trust_code,
                metric_services.metric_id
        ) as known_service_count,
        row_number() over (
            partition by
                register_in_force.framework_id,
                register_in_force.quarter_id,
                register_in_force.trust_code,
                metric_services.metric_id
            order by
                case register_in_force.value_id when 'runs' then 1 else 2 end,
                metric_services.service_id
        ) as preference
    from register_in_force
    inner join metric_services
        on
            register_in_force.framework_id = metric_services.framework_id
            and register_in_force.subject_id = metric_services.service_id
),

-- A metric is about a trust that runs any of its services; it is not about one that is known to run none of them.
final as (
    select
        known.framework_id,
        known.quarter_id,
        known.trust_code,
        known.metric_id,
        known.value_id = 'runs' as runs_service,
        known.file_id,
        known.row_number
    from known
    inner join services_of_metrics
        on
            known.framework_id = services_of_metrics.framework_id
            and known.metric_id = services_of_metrics.metric_id
    where
        known.preference = 1
        and (known.value_id = 'runs' or known.known_service_count = services_of_metrics.service_count)
)

select * from final
