-- Where a framework leaves a rule open the row says so: its certainty is `assumption` and its source names each one
-- that it rests on ("assumption npaf-01: ..."). No row names an assumption that is not written down, and none is
-- written down that no row of the seed it shapes names.
with method_rows as (
    {{ method_rows() }}
),

assumptions as (
    select * from {{ ref('assumptions') }}
),

mentions as (
    select
        method_rows.framework_id,
        method_rows.seed_name,
        method_rows.row_source,
        method_rows.certainty,
        (length(method_rows.row_source) - length(replace(method_rows.row_source, 'assumption ', '')))
        / length('assumption ') as mention_count,
        count(distinct assumptions.assumption_id) as named_count
    from method_rows
    left join assumptions
        on
            method_rows.framework_id = assumptions.framework_id
            and method_rows.row_source like ('%assumption ' || assumptions.assumption_id || ':%')
    where method_rows.row_source is not null
    group by
        method_rows.framework_id,
        method_rows.seed_name,
        method_rows.row_source,
        method_rows.certainty
),

namings as (
    select
        assumptions.framework_id,
        assumptions.assumption_id,
        assumptions.seed_name,
        count(method_rows.row_source) as row_count
    from assumptions
    left join method_rows
        on
            assumptions.framework_id = method_rows.framework_id
            and assumptions.seed_name = method_rows.seed_name
            and method_rows.row_source like ('%assumption ' || assumptions.assumption_id || ':%')
    group by assumptions.framework_id, assumptions.assumption_id, assumptions.seed_name
)

select
    framework_id,
    seed_name,
    'an assumption is named that is not written down: ' || row_source as problem
from mentions
where mention_count <> named_count

union all

select
    framework_id,
    seed_name,
    'the certainty is ' || certainty || ' and the source says otherwise: ' || row_source as problem
from mentions
where (certainty = 'assumption') <> (named_count > 0)

union all

select
    framework_id,
    seed_name,
    assumption_id || ' is named by no row of the seed' as problem
from namings
where row_count = 0
