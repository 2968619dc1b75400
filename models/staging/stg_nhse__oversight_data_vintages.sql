with landed as (
    {{ landed_or_bundled('oversight_data') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

trust_type_labels as (
    select * from {{ ref('trust_type_labels') }}
),

shorthand as (
    select * from {{ ref('shorthand') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        is_current_vintage = 'true' as is_current_vintage,
        {{ clean_text('quarter') }} as quarter_label,
        {{ clean_text('region') }} as region_label,
        {{ clean_text('trust_type') }} as trust_type_label,
        {{ clean_text('trust_subtype') }} as trust_subtype_label,
        {{ clean_text('trust_code') }} as trust_code,
        {{ clean_text('trust_name') }} as trust_name,
        {{ clean_text('domain') }} as domain_label,
        {{ clean_text('sub_domain') }} as sub_domain_label,
        {{ clean_text('metric_id') }} as measure_id,
        {{ clean_text('metric_description') }} as measure_label,
        {{ clean_text('reporting_date') }} as reporting_period_label,
        {{ clean_text('units') }} as unit_label,
        coalesce({{ clean_text('value') }}, '') as value_text,
        {{ clean_text('median_value') }} as median_text,
        {{ clean_text('lower_quartile') }} as lower_quartile_text,
        {{ clean_text('upper_quartile') }} as upper_quartile_text,
        {{ clean_text('rank') }} as rank_text
    from landed
),

final as (
    select
        cleaned.file_id,
        cleaned.row_number,
        cleaned.is_current_vintage,
        quarters.quarter_id,
        trust_type_labels.trust_type_id,
        cleaned.trust_code,
        cleaned.trust_name,
        cleaned.trust_subtype_label,
        cleaned.region_label,
        cleaned.domain_label,
        cleaned.sub_domain_label,
        cleaned.measure_id,
        cleaned.measure_label,
        cleaned.reporting_period_label,
        cleaned.unit_label,
        cleaned.value_text,
        shorthand.value_status as shorthand_status,
        case
            when shorthand.value_status is null then {{ to_number('cleaned.value_text') }}
        end as value_number,
        {{ to_number('cleaned.median_text') }} as median_value,
        {{ to_number('cleaned.lower_quartile_text') }} as lower_quartile_value,
        {{ to_number('cleaned.upper_quartile_text') }} as upper_quartile_value,
        cast({{ to_number('cleaned.rank_text') }} as bigint) as published_rank
    from cleaned
    left join quarters
        on lower(cleaned.quarter_label) = lower(quarters.quarter_label)
    left join trust_type_labels
        on lower(cleaned.trust_type_label) = lower(trust_type_labels.trust_type_label)
    left join shorthand
        on lower(cleaned.value_text) = lower(coalesce(shorthand.symbol, ''))
)

select * from final
