with reconciliation as (
    select * from {{ ref('reconciliation') }}
),

counted as (
    select
        framework_id,
        quarter_id,
        figure_kind,
        trust_type_id,
        count(*) as published_count,
        cast(sum(case when outcome in ('agrees', 'differs') then 1 else 0 end) as bigint) as compared_count,
        cast(sum(case when outcome = 'agrees' then 1 else 0 end) as bigint) as agreed_count,
        cast(sum(case when outcome = 'differs' then 1 else 0 end) as bigint) as differs_count,
        cast(sum(case when outcome = 'adopted' then 1 else 0 end) as bigint) as adopted_count,
        cast(sum(case when outcome = 'restored' then 1 else 0 end) as bigint) as restored_count,
        cast(sum(case when outcome = 'not_computed' then 1 else 0 end) as bigint) as not_computed_count
    from reconciliation
    group by framework_id, quarter_id, figure_kind, trust_type_id
)

-- An adopted or restored cell agrees by construction: it is counted, and kept out of the share.
select
    framework_id,
    quarter_id,
    figure_kind,
    trust_type_id,
    published_count,
    compared_count,
    agreed_count,
    differs_count,
    adopted_count,
    restored_count,
    not_computed_count,
    case
        when compared_count > 0
            then cast(cast(agreed_count as decimal(18, 6)) / compared_count as decimal(9, 6))
    end as agreed_share
from counted
