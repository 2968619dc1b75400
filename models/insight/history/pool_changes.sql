with input_changes as (
    select * from {{ ref('input_changes') }}
    where pool_partition_id is not null and (is_own_changed or is_result_changed)
),

-- A value before a rank or a score: ranks move because a value did.
ordered as (
    select
        framework_id,
        quarter_id,
        input_id,
        pool_partition_id,
        trust_code,
        row_number() over (
            partition by framework_id, quarter_id, input_id, pool_partition_id
            order by case when is_own_changed then 0 else 1 end, trust_code
        ) as place
    from input_changes
)

-- Two are enough: seen from the first of them the second is another member of the pool.
select
    framework_id,
    quarter_id,
    input_id,
    pool_partition_id,
    count(*) as changed_count,
    max(case when place = 1 then trust_code end) as first_trust_code,
    max(case when place = 2 then trust_code end) as second_trust_code
from ordered
group by framework_id, quarter_id, input_id, pool_partition_id
