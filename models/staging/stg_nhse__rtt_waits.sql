{%- set typed_bands = [] -%}
{%- for week in range(105) -%}
    {%- set band = 'weeks_%03d' % week -%}
    {%- do typed_bands.append(to_number("nullif(" ~ band ~ ", '')", 'bigint') ~ ' as ' ~ band) -%}
{%- endfor -%}

with landed as (
    select * from {{ source('landing', 'rtt_waits') }}
),

final as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        cast({{ clean_text('period') }} || '-01' as date) as period_start_date,
        {{ clean_text('provider_code') }} as provider_code,
        {{ clean_text('provider_name') }} as provider_name,
        nullif({{ clean_text('provider_parent_code') }}, '') as provider_parent_code,
        {{ clean_text('part_type') }} as part_type,
        {{ clean_text('commissioner_group') }} as commissioner_group,
        cast(row_count as bigint) as total_row_count,
        {{ to_number("nullif(total_with_unknown_start, '')", 'bigint') }} as pathway_count,
        {{ to_number("nullif(total, '')", 'bigint') }} as known_start_count,
        {{ to_number("nullif(unknown_start, '')", 'bigint') }} as unknown_start_count,
        {{ typed_bands | join(',\n        ') }}
    from landed
    where is_current_vintage = 'true'
)

select * from final
