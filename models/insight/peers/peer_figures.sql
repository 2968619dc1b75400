with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

-- The average and the domains of every quarter, but the metrics of the newest alone: they are twenty times as many.
metric_values as (
    select * from {{ ref('metric_values') }}
    where quarter_id = {{ newest_quarter() }} and cell_status <> 'not_applicable'
),

metrics as (
    select * from {{ ref('metrics') }}
),

-- Rules 0: a score is best at 1, so it is compared as a metric whose lower values are better.
scores as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        summary_measures.measure_id,
        'average_metric_score' as measure_kind,
        'lower' as polarity,
        cast(delivery_scores.average_metric_score as decimal(18, 4)) as figure,
        delivery_scores.average_basis as figure_basis
    from delivery_scores
    inner join summary_measures
        on delivery_scores.framework_id = summary_measures.framework_id
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        domain_id as measure_id,
        'domain_score' as measure_kind,
        'lower' as polarity,
        cast(domain_score as decimal(18, 4)) as figure,
        domain_score_basis as figure_basis
    from domain_scores
),

-- A rating, a survey band or a cell of a matrix has no number of its own: its metric score stands for it.
of_metrics as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        case when metrics.value_kind = 'number' then metrics.metric_id else metrics.score_id end as measure_id,
        case when metrics.value_kind = 'number' then 'metric_value' else 'metric_score' end as measure_kind,
        case when metrics.value_kind = 'number' then metrics.polarity else 'lower' end as polarity,
        case
            when metric_values.cell_status <> 'scored' then null
            when metrics.value_kind = 'number' then cast(metric_values.value_number as decimal(18, 4))
            else cast(metric_scores.metric_score_rounded as decimal(18, 4))
        end as figure,
        case
            when metrics.value_kind = 'number' then metric_values.value_origin
            else metric_scores.score_basis
        end as figure_basis
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join metric_scores
        on
            metric_values.framework_id = metric_scores.framework_id
            and metric_values.quarter_id = metric_scores.quarter_id
            and metric_values.trust_code = metric_scores.trust_code
            and metric_values.metric_id = metric_scores.metric_id
),

together as (
    select * from scores
    union all
    select * from of_metrics
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        measure_kind,
        polarity,
        figure,
        case when figure is not null then figure_basis end as figure_basis,
        -- Signed so that the least is the best, whichever way the measure goes.
        case polarity when 'lower' then figure when 'higher' then -figure end as signed_figure,
        -- Numbers for what takes several columns to name: positions are worked out by them.
        cast(dense_rank() over (order by measure_id) as bigint) as measure_number,
        row_number() over (order by framework_id, quarter_id, trust_code, measure_id) as figure_number
    from together
)

select * from final
