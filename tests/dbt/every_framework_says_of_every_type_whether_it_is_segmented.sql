-- Each type of organisation is in the scope of each framework once, with how many there are and whether it is
-- segmented: a type that is left out would be landed and published nowhere.
with frameworks as (
    select * from {{ ref('frameworks') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

organisation_scope as (
    select
        framework_id,
        trust_type_id,
        count(*) as row_count,
        min(expected_trust_count) as expected_trust_count,
        count(is_segmented) as decided_count
    from {{ ref('organisation_scope') }}
    group by framework_id, trust_type_id
),

wanted as (
    select
        frameworks.framework_id,
        trust_types.trust_type_id
    from frameworks
    cross join trust_types
)

select
    coalesce(wanted.framework_id, organisation_scope.framework_id) as framework_id,
    coalesce(wanted.trust_type_id, organisation_scope.trust_type_id) as trust_type_id
from wanted
full outer join organisation_scope
    on
        wanted.framework_id = organisation_scope.framework_id
        and wanted.trust_type_id = organisation_scope.trust_type_id
where
    wanted.framework_id is null
    or coalesce(organisation_scope.row_count, 0) <> 1
    or coalesce(organisation_scope.expected_trust_count, 0) < 1
    or organisation_scope.decided_count <> 1
