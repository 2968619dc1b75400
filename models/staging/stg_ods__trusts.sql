with landed as (
    {{ landed_or_bundled('ods_trusts') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        {{ clean_text('as_at') }} as as_at_text,
        {{ clean_text('organisation_code') }} as organisation_code,
        {{ clean_text('organisation_name') }} as organisation_name,
        nullif({{ clean_text('region_code') }}, '') as region_id,
        nullif({{ clean_text('icb_code') }}, '') as icb_code,
        nullif({{ clean_text('opened') }}, '') as opened_text,
        nullif({{ clean_text('closed') }}, '') as closed_text
    from landed
    where is_current_vintage = 'true'
),

-- ODS writes a day as 20260630, and the month of the file is all that is known of when it was made.
final as (
    select
        file_id,
        row_number,
        cast(as_at_text || '-01' as date) as as_at_date,
        organisation_code,
        organisation_name,
        region_id,
        icb_code,
        cast(
            substring(opened_text, 1, 4) || '-' || substring(opened_text, 5, 2) || '-' || substring(opened_text, 7, 2)
            as date
        ) as opened_date,
        cast(
            substring(closed_text, 1, 4) || '-' || substring(closed_text, 5, 2) || '-' || substring(closed_text, 7, 2)
            as date
        ) as closed_date
    from cleaned
)

select * from final
