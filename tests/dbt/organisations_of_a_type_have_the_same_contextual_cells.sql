-- Rules 7: what is published beside the score is the same list of metrics for every organisation of a type in a
-- quarter, each metric once: absence is never silent here either.
with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

context_values as (
    select * from {{ ref('context_values') }}
),

held as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        organisation_quarters.trust_type_id,
        count(context_values.metric_id) as cell_count,
        count(distinct context_values.metric_id) as metric_count
    from organisation_quarters
    left join context_values
        on
            organisation_quarters.framework_id = context_values.framework_id
            and organisation_quarters.quarter_id = context_values.quarter_id
            and organisation_quarters.trust_code = context_values.trust_code
    group by
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        organisation_quarters.trust_type_id
),

wanted as (
    select
        framework_id,
        trust_type_id,
        max(metric_count) as metric_count
    from held
    group by framework_id, trust_type_id
)

select
    held.quarter_id,
    held.trust_code,
    held.cell_count,
    wanted.metric_count
from held
inner join wanted
    on
        held.framework_id = wanted.framework_id
        and held.trust_type_id = wanted.trust_type_id
where held.cell_count <> wanted.metric_count or held.metric_count <> wanted.metric_count

union all

select
    context_values.quarter_id,
    context_values.trust_code,
    1 as cell_count,
    0 as metric_count
from context_values
left join organisation_quarters
    on
        context_values.framework_id = organisation_quarters.framework_id
        and context_values.quarter_id = organisation_quarters.quarter_id
        and context_values.trust_code = organisation_quarters.trust_code
where organisation_quarters.trust_code is null

union all

select
    'none' as quarter_id,
    'none' as trust_code,
    0 as cell_count,
    0 as metric_count
where not exists (select 1 from organisation_quarters)
