with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

registers as (
    select * from {{ ref('registers') }}
    where register_id in ('capability_rating', 'icb_assessment')
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

register_values as (
    select * from {{ ref('register_values') }}
),

register_in_force as (
    select * from {{ ref('register_in_force') }}
),

-- Rules 7, capability: every organisation that a rating is for, with each subject of it, rated or not.
spine as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        organisation_quarters.trust_type_id,
        organisation_quarters.organisation_kind,
        registers.register_id,
        register_subjects.subject_id,
        register_subjects.subject_label,
        register_subjects.display_order
    from organisation_quarters
    inner join registers
        on registers.organisation_kind in ('any', organisation_quarters.organisation_kind)
    inner join register_subjects
        on registers.register_id = register_subjects.register_id
),

final as (
    select
        spine.framework_id,
        spine.quarter_id,
        spine.trust_code,
        spine.trust_type_id,
        spine.organisation_kind,
        spine.register_id,
        spine.subject_id,
        spine.subject_label,
        spine.display_order,
        register_in_force.value_id as rating_id,
        coalesce(register_values.value_label, register_in_force.value_text) as rating_label,
        case when register_in_force.file_id is null then 'not_in_hand' else 'in_hand' end as rating_status,
        register_in_force.from_date,
        register_in_force.to_date,
        register_in_force.listed_role,
        register_in_force.source_text,
        coalesce(register_in_force.is_confidential, false) as is_confidential,
        register_in_force.file_id,
        register_in_force.row_number
    from spine
    left join register_in_force
        on
            spine.framework_id = register_in_force.framework_id
            and spine.quarter_id = register_in_force.quarter_id
            and spine.trust_code = register_in_force.trust_code
            and spine.register_id = register_in_force.register_id
            and spine.subject_id = register_in_force.subject_id
    left join register_values
        on
            register_in_force.register_id = register_values.register_id
            and register_in_force.subject_id = register_values.subject_id
            and register_in_force.value_id = register_values.value_id
)

select * from final
