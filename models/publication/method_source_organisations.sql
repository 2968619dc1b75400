with source_organisations as (
    select * from {{ ref('source_organisations') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    source_organisations.framework_id,
    source_organisations.dataset_id,
    source_organisations.organisation_code,
    source_organisations.trust_code,
    source_organisations.first_period,
    source_organisations.last_period,
    source_organisations.reason,
    source_organisations.source,
    source_organisations.certainty
from source_organisations
inner join scored_frameworks
    on source_organisations.framework_id = scored_frameworks.framework_id
