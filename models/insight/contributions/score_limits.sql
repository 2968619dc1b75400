with metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

scoring_families as (
    select * from {{ ref('scoring_families') }}
),

value_bands as (
    select * from {{ ref('value_bands') }}
),

label_bands as (
    select * from {{ ref('label_bands') }}
),

matrix_cells as (
    select * from {{ ref('matrix_cells') }}
),

-- Rules 1: what a metric can score is what its family fixes, ranks between or looks up.
reachable as (
    select
        metrics.framework_id,
        metrics.metric_id,
        scoring_families.ranked_low as reachable_score
    from metrics
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    union all
    select
        metrics.framework_id,
        metrics.metric_id,
        scoring_families.ranked_high as reachable_score
    from metrics
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    union all
    select
        metrics.framework_id,
        metrics.metric_id,
        scoring_families.fixed_score as reachable_score
    from metrics
    inner join scoring_families
        on
            metrics.framework_id = scoring_families.framework_id
            and metrics.scoring_family = scoring_families.scoring_family
    union all
    select
        framework_id,
        metric_id,
        band_score as reachable_score
    from value_bands
    union all
    select
        framework_id,
        metric_id,
        band_score as reachable_score
    from label_bands
    union all
    select
        framework_id,
        metric_id,
        cell_score as reachable_score
    from matrix_cells
),

final as (
    select
        framework_id,
        metric_id,
        {{ exact_score('min(reachable_score)') }} as best_score,
        {{ exact_score('max(reachable_score)') }} as worst_score
    from reachable
    where reachable_score is not null
    group by framework_id, metric_id
)

select * from final
