with landed as (
    {{ landed_or_bundled('league_table') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

trust_type_labels as (
    select * from {{ ref('trust_type_labels') }}
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
        {{ clean_text('average_score') }} as average_score_text,
        {{ clean_text('likely_range_of_average_score') }} as average_score_range_label,
        {{ clean_text('segment') }} as segment_text,
        {{ clean_text('trust_in_financial_deficit') }} as deficit_text,
        {{ clean_text('rank') }} as rank_text,
        {{ clean_text('likely_range_of_rank') }} as rank_range_label
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
        {{ to_number('cleaned.average_score_text') }} as average_score,
        cleaned.average_score_range_label,
        cast({{ to_number('cleaned.segment_text') }} as bigint) as segment,
        case lower(cleaned.deficit_text)
            when 'yes' then true
            when 'no' then false
        end as is_in_deficit,
        cast({{ to_number('cleaned.rank_text') }} as bigint) as league_rank,
        cleaned.rank_range_label
    from cleaned
    left join quarters
        on lower(cleaned.quarter_label) = lower(quarters.quarter_label)
    left join trust_type_labels
        on lower(cleaned.trust_type_label) = lower(trust_type_labels.trust_type_label)
)

select * from final
