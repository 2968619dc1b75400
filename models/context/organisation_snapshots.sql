with ods_trusts as (
    select * from {{ ref('stg_ods__trusts') }}
),

regions as (
    select * from {{ ref('regions') }}
),

-- An ICB belongs to a region of England; a trust elsewhere (Wales) has a stand-in code in that column.
located as (
    select
        ods_trusts.as_at_date,
        ods_trusts.organisation_code,
        ods_trusts.organisation_name,
        regions.region_label,
        case when regions.region_id is not null then nullif(ods_trusts.icb_code, '') end as icb_code,
        ods_trusts.opened_date,
        ods_trusts.closed_date,
        ods_trusts.file_id,
        ods_trusts.row_number
    from ods_trusts
    left join regions
        on ods_trusts.region_id = regions.region_id
),

-- The closing date is the last day that it is open.
final as (
    select
        as_at_date,
        organisation_code,
        organisation_name,
        region_label,
        icb_code,
        opened_date,
        closed_date,
        coalesce(opened_date <= as_at_date, true) and coalesce(closed_date >= as_at_date, true) as is_open,
        row_number() over (partition by organisation_code order by as_at_date desc) = 1 as is_newest,
        lag(as_at_date) over (partition by organisation_code order by as_at_date) as previous_as_at_date,
        lag(organisation_name) over (
            partition by organisation_code order by as_at_date
        ) as previous_organisation_name,
        lag(icb_code) over (partition by organisation_code order by as_at_date) as previous_icb_code,
        file_id,
        row_number
    from located
)

select * from final
