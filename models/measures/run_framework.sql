with settings as (
    select * from {{ source('landing', 'run_settings') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

request as (
    select
        max(framework_id) as framework_id,
        max(quarter_id) as quarter_id
    from settings
),

final as (
    select
        frameworks.framework_id,
        frameworks.value_origin,
        frameworks.is_forecast,
        request.quarter_id as asked_quarter_id
    from frameworks
    cross join request
    where
        frameworks.framework_id = request.framework_id
        or (request.framework_id is null and frameworks.is_in_force)
)

select * from final
