with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

registers as (
    select * from {{ ref('registers') }}
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

entries as (
    select * from {{ ref('stg_register__entries') }}
    where not is_withdrawn
),

-- A subject that is a metric or a service stands in the seed once, under the name of its kind.
subjects as (
    select
        entries.file_id,
        entries.row_number,
        registers.organisation_kind,
        registers.allows_all,
        register_subjects.allows_many
    from entries
    inner join registers
        on entries.register_id = registers.register_id
    inner join register_subjects
        on
            entries.register_id = register_subjects.register_id
            and (
                entries.subject_id = register_subjects.subject_id
                or register_subjects.subject_kind <> 'listed'
            )
),

-- Rules 3, final segment: an entry counts for a quarter when it is in force on the last day of it.
covering as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        organisation_quarters.trust_type_id,
        entries.register_id,
        entries.subject_id,
        entries.value_id,
        entries.value_text,
        entries.value_number,
        entries.value_date,
        entries.listed_text,
        entries.from_date,
        entries.to_date,
        entries.decided_by_role,
        entries.listed_role,
        entries.reason,
        entries.source_text,
        entries.is_value_published,
        entries.is_confidential,
        entries.organisation_code <> organisation_quarters.trust_code as is_for_all,
        entries.file_id,
        entries.row_number,
        case when subjects.allows_many then entries.value_text else '' end as one_of_many
    from entries
    inner join subjects
        on
            entries.file_id = subjects.file_id
            and entries.row_number = subjects.row_number
    inner join organisation_quarters
        on
            entries.organisation_code = organisation_quarters.trust_code
            or (
                subjects.allows_all
                and entries.organisation_code = 'ALL'
                and subjects.organisation_kind in ('any', organisation_quarters.organisation_kind)
            )
    inner join quarters
        on
            organisation_quarters.quarter_id = quarters.quarter_id
            and entries.from_date <= quarters.end_date
            and (entries.to_date is null or entries.to_date >= quarters.end_date)
),

-- What is said of one organisation outranks what is said of all, and the later decision the earlier.
preferred as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        register_id,
        subject_id,
        value_id,
        value_text,
        value_number,
        value_date,
        listed_text,
        from_date,
        to_date,
        decided_by_role,
        listed_role,
        reason,
        source_text,
        is_value_published,
        is_confidential,
        is_for_all,
        file_id,
        row_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, register_id, subject_id, one_of_many
            order by is_for_all asc, from_date desc
        ) as preference
    from covering
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        register_id,
        subject_id,
        value_id,
        value_text,
        value_number,
        value_date,
        listed_text,
        from_date,
        to_date,
        decided_by_role,
        listed_role,
        reason,
        source_text,
        is_value_published,
        is_confidential,
        is_for_all,
        file_id,
        row_number
    from preferred
    where preference = 1
)

select * from final
