with landed as (
    select * from {{ source('landing', 'staff_survey_results') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        {{ clean_text('period') }} as survey_year_text,
        {{ clean_text('organisation_code') }} as organisation_code,
        {{ clean_text('organisation_name') }} as organisation_name,
        {{ clean_text('benchmark_group') }} as benchmark_group_label,
        {{ clean_text('weighting') }} as weighting_label,
        {{ clean_text('result_id') }} as result_id,
        {{ clean_text('result_label') }} as result_label,
        {{ clean_text('respondents') }} as respondents_text,
        {{ clean_text('value') }} as value_text
    from landed
    where is_current_vintage = 'true'
),

-- Unrounded: ranks are made from all that the workbook keeps, which is at most sixteen decimals.
final as (
    select
        file_id,
        row_number,
        cast(survey_year_text as integer) as survey_year,
        organisation_code,
        organisation_name,
        benchmark_group_label,
        weighting_label,
        result_id,
        result_label,
        cast({{ to_number('respondents_text') }} as bigint) as respondent_count,
        {{ to_number('value_text', 'decimal(28, 16)') }} as score,
        value_text = '-' as is_suppressed
    from cleaned
)

select * from final
