with landed as (
    {{ landed_or_bundled('register_entries') }}
),

registers as (
    select * from {{ ref('registers') }}
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

register_values as (
    select * from {{ ref('register_values') }}
),

cleaned as (
    select
        file_id,
        cast(row_number as bigint) as row_number,
        {{ clean_text('register') }} as register_text,
        {{ clean_text('organisation_code') }} as organisation_code,
        {{ clean_text('subject') }} as subject_text,
        nullif({{ clean_text('value') }}, '') as value_text,
        nullif({{ clean_text('from_date') }}, '') as from_date_text,
        nullif({{ clean_text('to_date') }}, '') as to_date_text,
        nullif({{ clean_text('entry_status') }}, '') as entry_status_text,
        nullif({{ clean_text('decided_by_role') }}, '') as decided_by_role,
        nullif({{ clean_text('reason') }}, '') as reason,
        nullif({{ clean_text('source') }}, '') as source_text
    from landed
    where is_current_vintage = 'true'
),

-- A subject that is any metric or any service is one row of the seed; the entry itself names which.
subjects as (
    select
        cleaned.file_id,
        cleaned.row_number,
        registers.register_id,
        register_subjects.subject_id as seed_subject_id,
        case register_subjects.subject_kind
            when 'listed' then register_subjects.subject_id
            when 'service' then lower(cleaned.subject_text)
            else cleaned.subject_text
        end as subject_id,
        register_subjects.value_kind
    from cleaned
    inner join registers
        on lower(cleaned.register_text) = registers.register_id
    inner join register_subjects
        on
            registers.register_id = register_subjects.register_id
            and (
                register_subjects.subject_kind <> 'listed'
                or lower(cleaned.subject_text) = register_subjects.subject_id
            )
),

final as (
    select
        cleaned.file_id,
        cleaned.row_number,
        subjects.register_id,
        cleaned.organisation_code,
        subjects.subject_id,
        cleaned.value_text,
        register_values.value_id,
        {{ to_number("case when subjects.value_kind = 'number' then cleaned.value_text end") }} as value_number,
        cast(case when subjects.value_kind = 'date' then cleaned.value_text end as date) as value_date,
        cast(cleaned.from_date_text as date) as from_date,
        cast(cleaned.to_date_text as date) as to_date,
        lower(coalesce(cleaned.entry_status_text, '')) = 'withdrawn' as is_withdrawn,
        cleaned.decided_by_role,
        cleaned.reason,
        cleaned.source_text
    from cleaned
    left join subjects
        on
            cleaned.file_id = subjects.file_id
            and cleaned.row_number = subjects.row_number
    left join register_values
        on
            subjects.register_id = register_values.register_id
            and subjects.seed_subject_id = register_values.subject_id
            and lower(cleaned.value_text) = lower(register_values.value_label)
)

select * from final
