with priority_areas as (
    select * from {{ ref('priority_areas') }}
),

priority_area_metrics as (
    select * from {{ ref('priority_area_metrics') }}
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
    where applicability <> 'never' and treatment = 'scored'
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

-- An area is asked about a trust type only where one of its metrics is: elective care is not for ambulances.
areas_of_types as (
    select distinct
        priority_area_metrics.framework_id,
        priority_area_metrics.priority_area_id,
        metric_applicability.trust_type_id
    from priority_area_metrics
    inner join metric_applicability
        on
            priority_area_metrics.framework_id = metric_applicability.framework_id
            and priority_area_metrics.metric_id = metric_applicability.metric_id
),

cells as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.trust_type_id,
        priority_area_metrics.priority_area_id,
        metric_scores.metric_id,
        metric_scores.weight_group_id,
        metric_scores.cell_status,
        metric_scores.averaged_score,
        metric_scores.score_basis
    from metric_scores
    inner join priority_area_metrics
        on
            metric_scores.framework_id = priority_area_metrics.framework_id
            and metric_scores.metric_id = priority_area_metrics.metric_id
    inner join areas_of_types
        on
            priority_area_metrics.framework_id = areas_of_types.framework_id
            and priority_area_metrics.priority_area_id = areas_of_types.priority_area_id
            and metric_scores.trust_type_id = areas_of_types.trust_type_id
),

scored_cells as (
    select * from cells
    where cell_status = 'scored'
),

{{ average_of_metrics('scored_cells', 'priority_area_id') }},

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        priority_area_id,
        cast(sum(case when cell_status = 'not_applicable' then 0 else 1 end) as bigint) as metric_count
    from cells
    group by framework_id, quarter_id, trust_code, trust_type_id, priority_area_id
),

rounded as (
    select
        counted.framework_id,
        counted.quarter_id,
        counted.trust_code,
        counted.trust_type_id,
        priority_areas.priority_area_id,
        priority_areas.priority_area_label,
        case
            when counted.metric_count = 0 then 'not_applicable'
            when averages.average_score is null then 'no_metrics'
            else 'scored'
        end as area_status,
        counted.metric_count,
        coalesce(averages.metrics_counted, 0) as metrics_counted,
        cast({{ round_half_up('averages.average_score') }} as decimal(6, 2)) as area_score,
        score_bases.score_basis as area_score_basis,
        priority_areas.low_score_at_least
    from counted
    inner join priority_areas
        on
            counted.framework_id = priority_areas.framework_id
            and counted.priority_area_id = priority_areas.priority_area_id
    left join averages
        on
            counted.framework_id = averages.framework_id
            and counted.quarter_id = averages.quarter_id
            and counted.trust_code = averages.trust_code
            and counted.priority_area_id = averages.priority_area_id
    left join score_bases
        on averages.weakness_order = score_bases.weakness_order
),

-- A rank among the trusts that happen to be in hand is not the trust's place in the country: whether it is low
-- stays open. An area about services that the trust does not run cannot be low.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        priority_area_id,
        priority_area_label,
        area_status,
        metric_count,
        metrics_counted,
        area_score,
        area_score_basis,
        low_score_at_least,
        case
            when area_status = 'not_applicable' then false
            when area_score_basis <> 'computed_partial_pool' then area_score >= low_score_at_least
        end as is_low
    from rounded
)

select * from final
