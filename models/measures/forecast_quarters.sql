-- An early view: the quarter right after the newest in hand, and no other, is made of what is known of it so far.
with run_framework as (
    select * from {{ ref('run_framework') }}
    where is_forecast
),

quarters as (
    select * from {{ ref('quarters') }}
),

newest as (
    select max(quarter_id) as quarter_id from {{ ref('stg_nhse__oversight_data') }}
),

final as (
    select
        run_framework.framework_id,
        quarters.quarter_id,
        newest.quarter_id as carried_quarter_id
    from run_framework
    cross join newest
    inner join quarters
        on newest.quarter_id = quarters.previous_quarter_id
    where quarters.quarter_id = coalesce(run_framework.asked_quarter_id, quarters.quarter_id)
)

select * from final
