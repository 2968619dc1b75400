-- Booked attendances stand beside the others, not among them: all attendances are the sum of the six columns.
with landed as (
    select * from {{ source('landing', 'ae_attendances') }}
),

final as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        cast({{ clean_text('period') }} || '-01' as date) as period_start_date,
        {{ clean_text('organisation_code') }} as organisation_code,
        {{ clean_text('organisation_name') }} as organisation_name,
        {{ clean_text('parent_name') }} as parent_name,
        cast({{ to_number(clean_text('attendances_type_1')) }} as bigint) as attendances_type_1_count,
        cast({{ to_number(clean_text('attendances_type_2')) }} as bigint) as attendances_type_2_count,
        cast({{ to_number(clean_text('attendances_other')) }} as bigint) as attendances_other_count,
        cast({{ to_number(clean_text('booked_type_1')) }} as bigint) as booked_type_1_count,
        cast({{ to_number(clean_text('booked_type_2')) }} as bigint) as booked_type_2_count,
        cast({{ to_number(clean_text('booked_other')) }} as bigint) as booked_other_count,
        cast({{ to_number(clean_text('over_4_hours_type_1')) }} as bigint) as over_4_hours_type_1_count,
        cast({{ to_number(clean_text('over_4_hours_type_2')) }} as bigint) as over_4_hours_type_2_count,
        cast({{ to_number(clean_text('over_4_hours_other')) }} as bigint) as over_4_hours_other_count,
        cast({{ to_number(clean_text('booked_over_4_hours_type_1')) }} as bigint) as booked_over_4_hours_type_1_count,
        cast({{ to_number(clean_text('booked_over_4_hours_type_2')) }} as bigint) as booked_over_4_hours_type_2_count,
        cast({{ to_number(clean_text('booked_over_4_hours_other')) }} as bigint) as booked_over_4_hours_other_count,
        cast(
            {{ to_number(clean_text('waited_4_to_12_hours_from_decision')) }} as bigint
        ) as waited_4_to_12_hours_from_decision_count,
        cast(
            {{ to_number(clean_text('waited_over_12_hours_from_decision')) }} as bigint
        ) as waited_over_12_hours_from_decision_count,
        cast({{ to_number(clean_text('admissions_type_1')) }} as bigint) as admissions_type_1_count,
        cast({{ to_number(clean_text('admissions_type_2')) }} as bigint) as admissions_type_2_count,
        cast({{ to_number(clean_text('admissions_other')) }} as bigint) as admissions_other_count,
        cast({{ to_number(clean_text('other_admissions')) }} as bigint) as other_admissions_count
    from landed
    where is_current_vintage = 'true'
)

select * from final
