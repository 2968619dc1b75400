-- A framework with a gap cannot be scored, so the one in force has none; and while a gap stands, the seed it names
-- holds no invented rows in its place.
with method_gaps as (
    select * from {{ ref('method_gaps') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
    where is_in_force
),

method_rows as (
    {{ method_rows() }}
)

select
    method_gaps.framework_id,
    method_gaps.seed_name,
    'a gap of the framework in force' as problem
from method_gaps
inner join frameworks
    on method_gaps.framework_id = frameworks.framework_id

union all

select
    method_gaps.framework_id,
    method_gaps.seed_name,
    'a gap, and rows in its place' as problem
from method_gaps
inner join method_rows
    on
        method_gaps.framework_id = method_rows.framework_id
        and method_gaps.seed_name = method_rows.seed_name
group by method_gaps.framework_id, method_gaps.seed_name
