-- A metric of a family with a standard or a floor has one threshold from the start of its framework, and none of
-- another kind or with a comparator that does not fit its polarity, from whatever quarter on; no other metric has one.
with metrics as (
    select * from {{ ref('metrics') }}
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

wanted as (
    select
        metrics.framework_id,
        metrics.metric_id,
        scoring_families.threshold_kind,
        case metrics.polarity when 'higher' then 'at_least' else 'at_most' end as comparator
    from metrics
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    where scoring_families.threshold_kind is not null
)

select
    wanted.framework_id,
    wanted.metric_id,
    'not one ' || wanted.threshold_kind || ' with ' || wanted.comparator || ' from the start' as problem
from wanted
left join thresholds
    on
        wanted.framework_id = thresholds.framework_id
        and wanted.metric_id = thresholds.metric_id
        and wanted.threshold_kind = thresholds.threshold_kind
        and wanted.comparator = thresholds.comparator
        and thresholds.first_quarter_id is null
        and thresholds.threshold is not null
group by wanted.framework_id, wanted.metric_id, wanted.threshold_kind, wanted.comparator
having count(thresholds.metric_id) <> 1

union all

select
    thresholds.framework_id,
    thresholds.metric_id,
    'a ' || thresholds.threshold_kind || ' that its family does not use' as problem
from thresholds
left join wanted
    on
        thresholds.framework_id = wanted.framework_id
        and thresholds.metric_id = wanted.metric_id
        and thresholds.threshold_kind = wanted.threshold_kind
        and thresholds.comparator = wanted.comparator
where wanted.metric_id is null
