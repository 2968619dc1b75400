-- A run without a request scores the framework in force, and `current` follows it: two would make both, none nothing.
select in_force_count
from (
    select count(case when is_in_force then 1 end) as in_force_count
    from {{ ref('frameworks') }}
) as counted
where in_force_count <> 1
