with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where cell_status = 'scored'
),

system_adjustment_rules as (
    select * from {{ ref('system_adjustment_rules') }}
),

system_area_metrics as (
    select * from {{ ref('system_area_metrics') }}
),

averaged as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.trust_type_id,
        system_area_metrics.area_id,
        count(*) as metrics_counted,
        {{ mean_score('metric_scores.averaged_score') }} as area_score_unrounded
    from metric_scores
    inner join system_area_metrics
        on
            metric_scores.framework_id = system_area_metrics.framework_id
            and metric_scores.metric_id = system_area_metrics.metric_id
    group by
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.trust_type_id,
        system_area_metrics.area_id
),

rounded as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        area_id,
        metrics_counted,
        cast({{ round_half_up('area_score_unrounded') }} as decimal(6, 2)) as area_score
    from averaged
),

-- Rules 7, the consultation draft: an area of the system is challenged from a score that a seed row names.
final as (
    select
        rounded.framework_id,
        rounded.quarter_id,
        rounded.trust_code,
        rounded.area_id,
        rounded.metrics_counted,
        rounded.area_score,
        system_adjustment_rules.challenged_score_at_least,
        rounded.area_score >= system_adjustment_rules.challenged_score_at_least as is_challenged
    from rounded
    inner join system_adjustment_rules
        on
            rounded.framework_id = system_adjustment_rules.framework_id
            and rounded.trust_type_id = system_adjustment_rules.trust_type_id
)

select * from final
