with landed as (
    select * from {{ source('landing', 'cancer_waits') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        cast({{ clean_text('period') }} || '-01' as date) as period_start_date,
        {{ clean_text('standard') }} as standard_label,
        {{ clean_text('organisation_code') }} as organisation_code,
        {{ clean_text('stage_or_route') }} as stage_or_route_label,
        nullif({{ clean_text('treatment_modality') }}, '') as treatment_modality_label,
        {{ clean_text('cancer_type') }} as cancer_type_label,
        {{ to_number(clean_text('total_treated'), 'decimal(18, 1)') }} as total_count,
        {{ to_number(clean_text('within_standard'), 'decimal(18, 1)') }} as within_standard_count,
        {{ to_number(clean_text('breaches'), 'decimal(18, 1)') }} as breach_count
    from landed
    where is_current_vintage = 'true'
),

-- The extract counts a treated patient twice: by cancer type over all modalities, and by modality over all cancers.
final as (
    select
        file_id,
        row_number,
        period_start_date,
        standard_label,
        organisation_code,
        stage_or_route_label,
        treatment_modality_label,
        cancer_type_label,
        case
            when coalesce(treatment_modality_label, 'ALL MODALITIES') = 'ALL MODALITIES' then 'cancer_type'
            else 'treatment_modality'
        end as breakdown_id,
        total_count,
        within_standard_count,
        breach_count
    from cleaned
)

select * from final
