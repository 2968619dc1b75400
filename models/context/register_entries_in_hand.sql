with entries as (
    select * from {{ ref('stg_register__entries') }}
),

registers as (
    select * from {{ ref('registers') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

register_in_force as (
    select * from {{ ref('register_in_force') }}
),

newest_quarters as (
    select
        framework_id,
        max(quarter_id) as quarter_id
    from run_scope
    group by framework_id
),

-- An entry is current when it is in force for some organisation at the end of the newest quarter of the run.
current_entries as (
    select distinct
        register_in_force.framework_id,
        register_in_force.file_id,
        register_in_force.row_number
    from register_in_force
    inner join newest_quarters
        on
            register_in_force.framework_id = newest_quarters.framework_id
            and register_in_force.quarter_id = newest_quarters.quarter_id
),

final as (
    select
        newest_quarters.framework_id,
        entries.file_id,
        entries.row_number,
        entries.register_id,
        registers.register_label,
        entries.organisation_code,
        entries.subject_id,
        entries.value_id,
        entries.value_text,
        entries.value_number,
        entries.value_date,
        entries.listed_text,
        entries.from_date,
        entries.to_date,
        entries.is_withdrawn,
        current_entries.file_id is not null as is_current,
        entries.decided_by_role,
        entries.listed_role,
        entries.reason,
        entries.source_text,
        entries.sensitivity_class,
        entries.is_value_published,
        entries.is_confidential
    from entries
    cross join newest_quarters
    inner join registers
        on entries.register_id = registers.register_id
    left join current_entries
        on
            newest_quarters.framework_id = current_entries.framework_id
            and entries.file_id = current_entries.file_id
            and entries.row_number = current_entries.row_number
)

select * from final
