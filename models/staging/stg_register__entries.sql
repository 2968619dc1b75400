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

confidential_inputs as (
    select * from {{ ref('confidential_inputs') }}
),

sensitivity_classes as (
    select * from {{ ref('sensitivity_classes') }}
),

register_texts as (
    select * from {{ ref('register_texts') }}
),

roles as (
    select * from {{ ref('roles') }}
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

-- What may be repeated in a release: what landing has held to a list or a shape, and of free text what a seed lists.
worded as (
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
        case subjects.value_kind
            when 'label' then register_values.value_label
            when 'text' then coalesce(register_texts.text_label, role_texts.role_label)
            else cleaned.value_text
        end as listed_text,
        cast(cleaned.from_date_text as date) as from_date,
        cast(cleaned.to_date_text as date) as to_date,
        lower(coalesce(cleaned.entry_status_text, '')) = 'withdrawn' as is_withdrawn,
        cleaned.decided_by_role,
        roles.role_label as listed_role,
        cleaned.reason,
        cleaned.source_text,
        coalesce(of_subject.sensitivity_class, of_register.sensitivity_class) as seed_class
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
    left join register_texts
        on
            subjects.register_id = register_texts.register_id
            and subjects.seed_subject_id = register_texts.subject_id
            and lower(cleaned.value_text) = lower(register_texts.text_label)
    left join roles as role_texts
        on lower(cleaned.value_text) = lower(role_texts.role_label)
    left join roles
        on lower(cleaned.decided_by_role) = lower(roles.role_label)
    left join confidential_inputs as of_subject
        on
            subjects.register_id = of_subject.register_id
            and subjects.subject_id = of_subject.subject_id
    left join confidential_inputs as of_register
        on
            subjects.register_id = of_register.register_id
            and coalesce(of_register.subject_id, '') = ''
),

classed as (
    select
        file_id,
        row_number,
        register_id,
        organisation_code,
        subject_id,
        value_text,
        value_id,
        value_number,
        value_date,
        listed_text,
        from_date,
        to_date,
        is_withdrawn,
        decided_by_role,
        listed_role,
        reason,
        source_text,
        seed_class,
        coalesce(seed_class, case when listed_text is null then 'free_text' else 'public' end) as sensitivity_class
    from worded
),

final as (
    select
        classed.file_id,
        classed.row_number,
        classed.register_id,
        classed.organisation_code,
        classed.subject_id,
        classed.value_text,
        classed.value_id,
        classed.value_number,
        classed.value_date,
        classed.listed_text,
        classed.from_date,
        classed.to_date,
        classed.is_withdrawn,
        classed.decided_by_role,
        classed.listed_role,
        classed.reason,
        classed.source_text,
        classed.sensitivity_class,
        coalesce(sensitivity_classes.is_publishable, false) and classed.listed_text is not null as is_value_published,
        classed.seed_class is not null and not coalesce(sensitivity_classes.is_publishable, false) as is_confidential
    from classed
    left join sensitivity_classes
        on classed.sensitivity_class = sensitivity_classes.sensitivity_class
)

select * from final
