{%- set choices = [] -%}
{%- for week in range(105) -%}
    {%- do choices.append('when ' ~ week ~ ' then waits.weeks_%03d' % week) -%}
{%- endfor -%}

with waits as (
    select * from {{ ref('stg_nhse__rtt_waits') }}
),

numbers as (
    {{ whole_numbers(3) }}
),

weeks as (
    select cast(whole_number as integer) as weeks_from
    from numbers
    where whole_number <= 104
),

-- One row of the waits becomes one for each band, without reading the waits once for each.
banded as (
    select
        waits.file_id,
        waits.row_number,
        waits.period_start_date,
        waits.provider_code,
        waits.part_type,
        waits.commissioner_group,
        weeks.weeks_from,
        case weeks.weeks_from
            {{ choices | join('\n            ') }}
        end as pathway_count
    from waits
    cross join weeks
),

final as (
    select
        file_id,
        row_number,
        period_start_date,
        provider_code,
        part_type,
        commissioner_group,
        weeks_from,
        case when weeks_from < 104 then weeks_from + 1 end as weeks_to,
        pathway_count
    from banded
    where pathway_count is not null
)

select * from final
