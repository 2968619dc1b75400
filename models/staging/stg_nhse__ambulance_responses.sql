with landed as (
    select * from {{ source('landing', 'ambulance_responses') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        {{ clean_text('period') }} as period_text,
        nullif({{ clean_text('region_code') }}, '') as region_id,
        {{ clean_text('area_code') }} as area_code,
        {{ clean_text('indicator_id') }} as indicator_id,
        {{ clean_text('value') }} as value_text
    from landed
    where is_current_vintage = 'true'
),

-- A dash or a point stands for a missing figure, and is no number.
final as (
    select
        file_id,
        row_number,
        cast(period_text || '-01' as date) as period_start_date,
        area_code,
        case
            when region_id is null then 'england'
            when area_code = region_id then 'region'
            else 'trust'
        end as area_kind,
        region_id,
        indicator_id,
        {{ to_number('value_text', 'bigint') }} as indicator_value
    from cleaned
)

select * from final
