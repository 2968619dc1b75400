with frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

thresholds as (
    select * from {{ ref('thresholds_in_force') }}
    where is_newest_quarter
),

pools as (
    select * from {{ ref('pools') }}
),

domains as (
    select * from {{ ref('domains') }}
)

select
    metrics.framework_id,
    metrics.metric_id,
    metrics.score_id,
    metrics.metric_label,
    metrics.domain_id,
    domains.domain_label,
    metrics.sub_domain_label,
    metrics.unit_label,
    metrics.polarity,
    metrics.value_kind,
    metrics.scoring_family,
    metrics.metric_role,
    metrics.enters_average,
    metrics.weight_group_id,
    metrics.pool_id,
    pools.pool_label,
    thresholds.threshold_kind,
    thresholds.comparator as threshold_comparator,
    cast(thresholds.threshold as decimal(18, 4)) as threshold,
    metrics.identifier_known as is_identifier_known,
    metrics.published_source,
    metrics.source as rule_source,
    metrics.certainty as rule_certainty
from metrics
inner join frameworks
    on metrics.framework_id = frameworks.framework_id
inner join domains
    on
        metrics.framework_id = domains.framework_id
        and metrics.domain_id = domains.domain_id
inner join pools
    on
        metrics.framework_id = pools.framework_id
        and metrics.pool_id = pools.pool_id
left join thresholds
    on
        metrics.framework_id = thresholds.framework_id
        and metrics.metric_id = thresholds.metric_id
