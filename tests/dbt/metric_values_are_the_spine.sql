-- One row for every trust x metric x quarter that could be scored, no more and no fewer, and each of them in
-- metric_scores: absence is never silent.
with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

spine as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        metrics.metric_id
    from trust_quarters
    inner join metrics
        on trust_quarters.framework_id = metrics.framework_id
),

metric_values as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        count(*) as row_count
    from {{ ref('metric_values') }}
    group by framework_id, quarter_id, trust_code, metric_id
),

metric_scores as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        count(*) as row_count
    from {{ ref('metric_scores') }}
    group by framework_id, quarter_id, trust_code, metric_id
)

select
    coalesce(spine.quarter_id, metric_values.quarter_id, metric_scores.quarter_id) as quarter_id,
    coalesce(spine.trust_code, metric_values.trust_code, metric_scores.trust_code) as trust_code,
    coalesce(spine.metric_id, metric_values.metric_id, metric_scores.metric_id) as metric_id
from spine
full outer join metric_values
    on
        spine.framework_id = metric_values.framework_id
        and spine.quarter_id = metric_values.quarter_id
        and spine.trust_code = metric_values.trust_code
        and spine.metric_id = metric_values.metric_id
full outer join metric_scores
    on
        spine.framework_id = metric_scores.framework_id
        and spine.quarter_id = metric_scores.quarter_id
        and spine.trust_code = metric_scores.trust_code
        and spine.metric_id = metric_scores.metric_id
where
    spine.metric_id is null
    or coalesce(metric_values.row_count, 0) <> 1
    or coalesce(metric_scores.row_count, 0) <> 1
