with registers as (
    select * from {{ ref('registers') }}
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

-- The registers are the same under every framework; the framework stands here as it does in every table.
select
    scored_frameworks.framework_id,
    registers.register_id,
    register_subjects.subject_id,
    registers.register_label,
    registers.organisation_kind,
    registers.allows_all,
    registers.purpose,
    register_subjects.subject_label,
    register_subjects.subject_kind,
    register_subjects.value_kind,
    register_subjects.allows_many,
    register_subjects.is_required,
    register_subjects.display_order,
    registers.source
from registers
inner join register_subjects
    on registers.register_id = register_subjects.register_id
cross join scored_frameworks
