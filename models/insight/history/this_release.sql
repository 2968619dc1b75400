with lineage as (
    select * from {{ source('landing', 'lineage') }}
),

files as (
    select * from {{ ref('stg_nhse__files') }}
),

newest_file as (
    select max(landed_date) as landed_date from files
),

-- A plain `dbt build` makes no release and knows none before it; its figures are those of the newest file's day.
final as (
    select
        coalesce(lineage.release_id, 'unreleased') as release_id,
        coalesce(cast(lineage.released_date as date), newest_file.landed_date) as released_date,
        lineage.previous_release_id,
        coalesce(cast(lineage.has_changed_method as boolean), false) as has_changed_method
    from newest_file
    left join lineage
        on lineage.release_id is not null
)

select * from final
