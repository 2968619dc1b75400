-- A trust type is judged whole by its core metrics (rules 1, completeness), so each must apply to every trust of
-- the type, and every trust type that is put into segments must have one: without any it would never be in
-- trust_type_completeness. A framework whose method is not whole in hand cannot be run and is not asked.
with core_metrics as (
    select * from {{ ref('core_metrics') }}
),

applicability as (
    select * from {{ ref('metric_applicability') }}
    where treatment = 'scored'
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
    where is_segmented
),

method_gaps as (
    select distinct framework_id from {{ ref('method_gaps') }}
)

select
    core_metrics.framework_id,
    core_metrics.trust_type_id,
    core_metrics.metric_id || ' does not apply to every trust of the type' as problem
from core_metrics
left join applicability
    on
        core_metrics.framework_id = applicability.framework_id
        and core_metrics.trust_type_id = applicability.trust_type_id
        and core_metrics.metric_id = applicability.metric_id
where coalesce(applicability.applicability, '') <> 'every_trust'

union all

select
    organisation_scope.framework_id,
    organisation_scope.trust_type_id,
    'no core metric, or not one expected count of trusts' as problem
from organisation_scope
left join core_metrics
    on
        organisation_scope.framework_id = core_metrics.framework_id
        and organisation_scope.trust_type_id = core_metrics.trust_type_id
left join method_gaps
    on organisation_scope.framework_id = method_gaps.framework_id
where method_gaps.framework_id is null
group by organisation_scope.framework_id, organisation_scope.trust_type_id
having
    count(core_metrics.metric_id) = 0
    or count(distinct organisation_scope.expected_trust_count) <> 1
    or min(organisation_scope.expected_trust_count) < 1
