-- A metric that is scored from a rating or survey band has a score for its labels, each label once whatever its
-- capitals; no other metric has one.
with label_metrics as (
    select
        framework_id,
        metric_id
    from {{ ref('metrics') }}
    where scoring_family = 'band' and value_kind = 'label'
),

bands as (
    select * from {{ ref('label_bands') }}
)

select
    label_metrics.framework_id,
    label_metrics.metric_id,
    'no label bands' as problem
from label_metrics
left join bands
    on
        label_metrics.framework_id = bands.framework_id
        and label_metrics.metric_id = bands.metric_id
where bands.metric_id is null

union all

select
    bands.framework_id,
    bands.metric_id,
    'label bands for a metric that is not scored from a label' as problem
from bands
left join label_metrics
    on
        bands.framework_id = label_metrics.framework_id
        and bands.metric_id = label_metrics.metric_id
where label_metrics.metric_id is null

union all

select
    framework_id,
    metric_id,
    'two scores for the label ' || lower(band_label) as problem
from bands
group by framework_id, metric_id, lower(band_label)
having count(*) > 1
