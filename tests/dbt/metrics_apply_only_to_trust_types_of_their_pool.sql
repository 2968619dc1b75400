-- Every scored metric says of every trust type that is put into segments whether it applies, and applies only to
-- trust types that its pool ranks: a trust outside the pool would be in the spine and never get a place.
with metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

applicability as (
    select * from {{ ref('metric_applicability') }}
    where treatment = 'scored'
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
    where is_segmented
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
)

select
    metrics.framework_id,
    metrics.metric_id,
    organisation_scope.trust_type_id,
    'not said whether the metric applies' as problem
from metrics
inner join organisation_scope
    on metrics.framework_id = organisation_scope.framework_id
left join applicability
    on
        metrics.framework_id = applicability.framework_id
        and metrics.metric_id = applicability.metric_id
        and organisation_scope.trust_type_id = applicability.trust_type_id
where
    coalesce(applicability.applicability, '') not in ('every_trust', 'where_it_applies', 'never')

union all

select
    metrics.framework_id,
    metrics.metric_id,
    applicability.trust_type_id,
    'applies, but the pool ' || metrics.pool_id || ' leaves the trust type out' as problem
from metrics
inner join applicability
    on
        metrics.framework_id = applicability.framework_id
        and metrics.metric_id = applicability.metric_id
left join pool_trust_types
    on
        metrics.framework_id = pool_trust_types.framework_id
        and metrics.pool_id = pool_trust_types.pool_id
        and applicability.trust_type_id = pool_trust_types.trust_type_id
where applicability.applicability <> 'never' and pool_trust_types.pool_id is null
