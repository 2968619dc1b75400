-- A trust type is judged whole by its core metrics (rules 1, completeness), so each must apply to every trust of
-- the type, and every expected trust type must have one: without any it would never be in trust_type_completeness.
with core_metrics as (
    select * from {{ ref('core_metrics') }}
),

applicability as (
    select * from {{ ref('metric_applicability') }}
),

expected_trusts as (
    select * from {{ ref('expected_trusts') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
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
    frameworks.framework_id,
    trust_types.trust_type_id,
    'no core metric, or not one expected count of trusts' as problem
from frameworks
cross join trust_types
left join core_metrics
    on
        frameworks.framework_id = core_metrics.framework_id
        and trust_types.trust_type_id = core_metrics.trust_type_id
left join expected_trusts
    on
        frameworks.framework_id = expected_trusts.framework_id
        and trust_types.trust_type_id = expected_trusts.trust_type_id
        and expected_trusts.expected_trust_count > 0
group by frameworks.framework_id, trust_types.trust_type_id
having count(core_metrics.metric_id) = 0 or count(distinct expected_trusts.expected_trust_count) <> 1
