with run_scope as (
    select * from {{ ref('run_scope') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

organisation_snapshots as (
    select * from {{ ref('organisation_snapshots') }}
),

newest_quarters as (
    select
        run_scope.framework_id,
        max(quarters.end_date) as newest_quarter_end_date
    from run_scope
    inner join quarters
        on run_scope.quarter_id = quarters.quarter_id
    group by run_scope.framework_id
),

newest_snapshot as (
    select max(as_at_date) as newest_snapshot_date from organisation_snapshots
),

-- The clock of the warehouse: no later day than what is in hand speaks of.
final as (
    select
        newest_quarters.framework_id,
        newest_quarters.newest_quarter_end_date,
        newest_snapshot.newest_snapshot_date,
        case
            when newest_snapshot.newest_snapshot_date > newest_quarters.newest_quarter_end_date
                then newest_snapshot.newest_snapshot_date
            else newest_quarters.newest_quarter_end_date
        end as newest_known_date
    from newest_quarters
    cross join newest_snapshot
)

select * from final
