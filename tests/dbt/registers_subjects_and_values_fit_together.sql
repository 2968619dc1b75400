-- Every subject is of a register and every register has subjects; any metric or any service stands alone in its
-- register, because its rows are told from listed ones by that; labels have values and nothing else does, each
-- once whatever its capitals. A metric is about services that can be entered. Identifiers are in small letters:
-- the cells of an entry are compared like that.
with registers as (
    select * from {{ ref('registers') }}
),

register_subjects as (
    select * from {{ ref('register_subjects') }}
),

register_values as (
    select * from {{ ref('register_values') }}
),

services as (
    select * from {{ ref('services') }}
),

metric_services as (
    select * from {{ ref('metric_services') }}
)

select
    register_subjects.register_id,
    register_subjects.subject_id,
    'a subject of a register that is not known' as problem
from register_subjects
left join registers
    on register_subjects.register_id = registers.register_id
where registers.register_id is null

union all

select
    registers.register_id,
    '' as subject_id,
    'a register without a subject' as problem
from registers
left join register_subjects
    on registers.register_id = register_subjects.register_id
where register_subjects.register_id is null

union all

select
    register_id,
    max(subject_id) as subject_id,
    'any metric or any service beside another subject' as problem
from register_subjects
group by register_id
having max(case when subject_kind = 'listed' then 0 else 1 end) = 1 and count(*) > 1

union all

select
    register_subjects.register_id,
    register_subjects.subject_id,
    'a label without values' as problem
from register_subjects
left join register_values
    on
        register_subjects.register_id = register_values.register_id
        and register_subjects.subject_id = register_values.subject_id
where register_subjects.value_kind = 'label' and register_values.register_id is null

union all

select
    register_values.register_id,
    register_values.subject_id,
    'values of what is no label' as problem
from register_values
left join register_subjects
    on
        register_values.register_id = register_subjects.register_id
        and register_values.subject_id = register_subjects.subject_id
        and register_subjects.value_kind = 'label'
where register_subjects.register_id is null

union all

select
    register_id,
    subject_id,
    'two values for the label ' || lower(value_label) as problem
from register_values
group by register_id, subject_id, lower(value_label)
having count(*) > 1

union all

select
    register_id,
    subject_id,
    'capitals in an identifier' as problem
from register_subjects
where register_id <> lower(register_id) or subject_id <> lower(subject_id)

union all

select
    'service' as register_id,
    service_id as subject_id,
    'capitals in an identifier' as problem
from services
where service_id <> lower(service_id)

union all

select
    'service' as register_id,
    metric_services.service_id as subject_id,
    'a metric is about a service that no register can name' as problem
from metric_services
left join services
    on metric_services.service_id = services.service_id
where services.service_id is null
