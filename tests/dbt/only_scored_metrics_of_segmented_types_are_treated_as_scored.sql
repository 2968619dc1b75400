-- Rules 7, contextual metrics: what is published beside the scores can reach no score. A row of applicability is either
-- scored or contextual; it is scored only for a scored metric and a type that is segmented; and a metric that is not
-- scored has no family, no score identifier and no place in an average.
with applicability as (
    select * from {{ ref('metric_applicability') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
),

described as (
    select
        applicability.framework_id,
        applicability.metric_id,
        applicability.trust_type_id,
        applicability.treatment,
        coalesce(metrics.metric_role in ('scored', 'component'), false) as is_scored_metric,
        metrics.metric_id is null as is_unknown_metric,
        coalesce(organisation_scope.is_segmented, false) as is_segmented
    from applicability
    left join metrics
        on
            applicability.framework_id = metrics.framework_id
            and applicability.metric_id = metrics.metric_id
    left join organisation_scope
        on
            applicability.framework_id = organisation_scope.framework_id
            and applicability.trust_type_id = organisation_scope.trust_type_id
)

select
    framework_id,
    metric_id,
    trust_type_id || ': ' || coalesce(treatment, 'no treatment') as problem
from described
where
    is_unknown_metric
    or coalesce(treatment, '') not in ('scored', 'contextual')
    or (treatment = 'scored' and not (is_scored_metric and is_segmented))
    or (treatment = 'contextual' and is_scored_metric and is_segmented)

union all

select
    framework_id,
    metric_id,
    count(*) || ' rows for ' || trust_type_id as problem
from applicability
group by framework_id, metric_id, trust_type_id
having count(*) > 1

union all

select
    framework_id,
    metric_id,
    'not scored, and has a part of a score' as problem
from metrics
where
    metric_role not in ('scored', 'component')
    and (enters_average or scoring_family <> 'none' or score_id is not null)
