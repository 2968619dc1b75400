with settings as (
    select * from {{ source('landing', 'run_settings') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

landed_quarters as (
    select distinct quarter_id from {{ ref('oversight_values') }}
),

request as (
    select
        max(framework_id) as framework_id,
        max(quarter_id) as last_quarter_id
    from settings
),

final as (
    select
        frameworks.framework_id,
        landed_quarters.quarter_id
    from frameworks
    cross join landed_quarters
    cross join request
    where
        (
            frameworks.framework_id = request.framework_id
            or (request.framework_id is null and frameworks.is_in_force)
        )
        -- Rules 7: the framework in force is for its own quarters; another method may be tried on any.
        and (
            not frameworks.is_in_force
            or (
                landed_quarters.quarter_id >= frameworks.first_quarter_id
                and landed_quarters.quarter_id <= coalesce(frameworks.last_quarter_id, landed_quarters.quarter_id)
            )
        )
        and landed_quarters.quarter_id <= coalesce(request.last_quarter_id, landed_quarters.quarter_id)
)

select * from final
