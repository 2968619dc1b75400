-- Rules 0, organisations: the trusts of an ICB's old code go each to one new code, and what is inferred from them
-- says how many of how many.
with icb_code_successions as (
    select * from {{ ref('icb_code_successions') }}
),

together as (
    select
        as_at_date,
        old_icb_code,
        sum(moved_trust_count) as moved_trust_count,
        min(of_trust_count) as fewest_trusts,
        max(of_trust_count) as most_trusts
    from icb_code_successions
    group by as_at_date, old_icb_code
)

select
    as_at_date,
    old_icb_code,
    'adds up to more than all' as problem
from together
where moved_trust_count > fewest_trusts or fewest_trusts <> most_trusts

union all

select
    as_at_date,
    old_icb_code,
    'is not its share' as problem
from icb_code_successions
where
    moved_trust_count < 1
    or abs(moved_share * of_trust_count - moved_trust_count) > 0.01 * of_trust_count
    or old_icb_code = new_icb_code
