-- A row under a framework that is not in seeds/framework/frameworks.csv would never be read, and nobody would miss it.
with method_rows as (
    {{ method_rows() }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
)

select
    method_rows.framework_id,
    method_rows.seed_name
from method_rows
left join frameworks
    on method_rows.framework_id = frameworks.framework_id
where frameworks.framework_id is null
