-- A class that is not known would withhold nothing or all of it; a subject that its register lacks, and a text for a
-- subject whose values are not text, would never meet an entry. Texts and roles are each there once whatever their
-- capitals, as entries are compared like that.
with confidential_inputs as (
    select * from {{ ref('confidential_inputs') }}
),

register_texts as (
    select * from {{ ref('register_texts') }}
),

roles as (
    select * from {{ ref('roles') }}
),

sensitivity_classes as (
    select * from {{ ref('sensitivity_classes') }}
),

registers as (
    select * from {{ ref('registers') }}
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

metrics as (
    select * from {{ ref('metrics') }}
)

select
    confidential_inputs.register_id,
    confidential_inputs.subject_id as about,
    'a register that is not known' as problem
from confidential_inputs
left join registers
    on confidential_inputs.register_id = registers.register_id
where registers.register_id is null

union all

select
    confidential_inputs.register_id,
    confidential_inputs.sensitivity_class as about,
    'a class that is not known' as problem
from confidential_inputs
left join sensitivity_classes
    on confidential_inputs.sensitivity_class = sensitivity_classes.sensitivity_class
where sensitivity_classes.sensitivity_class is null

union all

select
    confidential_inputs.register_id,
    confidential_inputs.subject_id as about,
    'neither a subject of the register nor a metric' as problem
from confidential_inputs
left join register_subjects
    on
        confidential_inputs.register_id = register_subjects.register_id
        and confidential_inputs.subject_id = register_subjects.subject_id
left join metrics
    on confidential_inputs.subject_id = metrics.metric_id
where
    coalesce(confidential_inputs.subject_id, '') <> ''
    and register_subjects.subject_id is null
    and metrics.metric_id is null

union all

select
    register_texts.register_id,
    register_texts.subject_id as about,
    'a text for a subject whose values are no text' as problem
from register_texts
left join register_subjects
    on
        register_texts.register_id = register_subjects.register_id
        and register_texts.subject_id = register_subjects.subject_id
        and register_subjects.value_kind = 'text'
where register_subjects.register_id is null

union all

select
    register_id,
    lower(text_label) as about,
    'a text that is there twice' as problem
from register_texts
group by register_id, subject_id, lower(text_label)
having count(*) > 1

union all

select
    '' as register_id,
    lower(role_label) as about,
    'a role that is there twice' as problem
from roles
group by lower(role_label)
having count(*) > 1
