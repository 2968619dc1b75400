with results as (
    select * from {{ source('gates', 'expectation_results') }}
),

before as (
    select * from {{ source('landing', 'previous_quality') }}
),

lineage as (
    select * from {{ source('landing', 'lineage') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

scope as (
    select
        framework_id,
        max(quarter_id) as quarter_id
    from run_scope
    group by framework_id
),

place as (
    select coalesce(max(cast(release_order as bigint)), 0) + 1 as release_order from before
),

this_release as (
    select
        lineage.release_id,
        place.release_order,
        scope.framework_id,
        scope.quarter_id,
        cast(lineage.released_date as date) as released_date,
        results.gate,
        results.suite,
        results.relation,
        nullif(results."column", '') as column_names,
        results.expectation_id,
        results.expectation_type,
        results.severity,
        results.outcome,
        results.is_passed,
        results.checked_count,
        results.unexpected_count,
        nullif(results.observed, '') as observed,
        nullif(results.first_unexpected, '') as first_unexpected,
        results.meaning,
        results.remedy,
        results.owner_role
    from results
    cross join scope
    cross join place
    inner join lineage
        on lineage.release_id is not null
),

-- What was found of an earlier release stays as it was found.
earlier as (
    select
        release_id,
        cast(release_order as bigint) as release_order,
        framework_id,
        quarter_id,
        cast(released_date as date) as released_date,
        gate,
        suite,
        relation,
        column_names,
        expectation_id,
        expectation_type,
        severity,
        outcome,
        cast(is_passed as boolean) as is_passed,
        cast(checked_count as bigint) as checked_count,
        cast(unexpected_count as bigint) as unexpected_count,
        observed,
        first_unexpected,
        meaning,
        remedy,
        owner_role
    from before
),

final as (
    select * from this_release
    union all
    select * from earlier
)

select * from final
