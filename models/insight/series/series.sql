with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status <> 'not_applicable'
),

metrics as (
    select * from {{ ref('metrics') }}
    where value_kind = 'number'
),

series_points as (
    select * from {{ ref('series_points') }}
),

series_targets as (
    select * from {{ ref('series_targets') }}
),

-- One row for each series that there could be, with a point or without.
spine as (
    select
        metric_values.framework_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metrics.polarity,
        count(*) as quarters_in_hand
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    group by
        metric_values.framework_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metrics.polarity
),

newest as (
    select
        framework_id,
        trust_code,
        metric_id,
        quarter_id,
        point_value,
        part_number,
        part_points,
        has_limits,
        is_provisional,
        mean_value,
        lower_limit,
        upper_limit,
        mean_side,
        step_direction,
        point_rule,
        count(*) over (partition by framework_id, trust_code, metric_id) as point_count,
        row_number() over (
            partition by framework_id, trust_code, metric_id
            order by point_number desc
        ) as recency
    from series_points
),

latest as (
    select * from newest
    where recency = 1
),

final as (
    select
        spine.framework_id,
        spine.trust_code,
        spine.metric_id,
        coalesce(latest.point_count, 0) as point_count,
        spine.quarters_in_hand - coalesce(latest.point_count, 0) as missing_point_count,
        latest.quarter_id as latest_quarter_id,
        latest.part_number,
        coalesce(latest.part_points, 0) as part_points,
        latest.mean_value,
        latest.lower_limit,
        latest.upper_limit,
        latest.point_rule as latest_rule,
        case when latest.point_value is null then 'no_points' else {{ series_variation('spine.polarity') }} end
            as variation,
        series_targets.target_value,
        series_targets.target_basis,
        case
            when latest.point_value is null then 'no_points'
            else {{ series_assurance('series_targets.target_value', 'spine.polarity') }}
        end as assurance,
        case
            when latest.point_value is null then 'no_points'
            when not latest.has_limits then 'too_few_points'
            when latest.is_provisional then 'provisional_limits'
            else 'none'
        end as series_warning
    from spine
    left join latest
        on
            spine.framework_id = latest.framework_id
            and spine.trust_code = latest.trust_code
            and spine.metric_id = latest.metric_id
    left join series_targets
        on
            spine.framework_id = series_targets.framework_id
            and spine.metric_id = series_targets.metric_id
)

select * from final
