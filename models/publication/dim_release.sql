with run_scope as (
    select * from {{ ref('run_scope') }}
),

lineage as (
    select * from {{ source('landing', 'lineage') }}
),

files as (
    select * from {{ source('landing', 'files') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

release_terms as (
    select * from {{ ref('release_terms') }}
),

publication_versions as (
    select * from {{ ref('publication_versions') }}
),

scope as (
    select
        framework_id,
        min(quarter_id) as first_quarter_id,
        max(quarter_id) as quarter_id
    from run_scope
    group by framework_id
),

landed as (
    select count(*) = 0 as is_bundled from files
),

layout as (
    select max(publication_version) as publication_version from publication_versions
)

-- One row: a build that no run named has no lineage and so none, and cannot be released.
select
    lineage.release_id,
    scope.framework_id,
    frameworks.framework_label,
    scope.quarter_id,
    quarters.quarter_label,
    scope.first_quarter_id,
    cast(lineage.released_date as date) as released_date,
    lineage.previous_release_id,
    lineage.previous_quarter_id,
    cast(lineage.has_changed_method as boolean) as has_changed_method,
    landed.is_bundled,
    frameworks.is_in_force,
    'provisional' as release_status,
    layout.publication_version,
    release_terms.licence,
    release_terms.licence_url,
    release_terms.source_line,
    release_terms.notice,
    frameworks.value_origin,
    quarters.is_forecast
from lineage
cross join scope
cross join landed
cross join layout
inner join frameworks
    on scope.framework_id = frameworks.framework_id
inner join quarters
    on
        scope.framework_id = quarters.framework_id
        and scope.quarter_id = quarters.quarter_id
inner join release_terms
    on landed.is_bundled = release_terms.is_bundled
