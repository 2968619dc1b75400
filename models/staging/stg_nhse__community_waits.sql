with landed as (
    select * from {{ source('landing', 'community_waits') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        {{ clean_text('period') }} as period_text,
        lower({{ clean_text('organisation_type') }}) as organisation_kind,
        nullif({{ clean_text('organisation_code') }}, '') as organisation_code,
        {{ clean_text('organisation_name') }} as organisation_name,
        {{ clean_text('weeks_band') }} as weeks_band,
        -- An asterisk behind a heading points at a note.
        {{ clean_text(without_end(clean_text('service'), '*')) }} as service_label,
        {{ clean_text('waiting') }} as waiting_text
    from landed
    where is_current_vintage = 'true'
),

final as (
    select
        file_id,
        row_number,
        cast(period_text || '-01' as date) as period_start_date,
        organisation_kind,
        coalesce(organisation_code, 'ENG') as organisation_code,
        organisation_name,
        weeks_band,
        service_label,
        case when service_label like '(CYP)%' then 'children_and_young_people' else 'adults' end as age_group,
        {{ to_number('waiting_text', 'bigint') }} as waiting_count,
        waiting_text = '*' as is_suppressed
    from cleaned
)

select * from final
