with series_values as (
    select * from {{ ref('series_values') }}
),

series_settings as (
    select * from {{ ref('series_settings') }}
),

{{ process_control('series_values', 'series_settings', ['framework_id', 'trust_code', 'metric_id']) }},

final as (
    select
        framework_id,
        trust_code,
        metric_id,
        point_order as quarter_id,
        series_number,
        point_number,
        part_number,
        part_points,
        point_value,
        moving_range,
        is_screened,
        has_limits,
        is_provisional,
        case when has_limits then mean_value end as mean_value,
        case when has_limits then mean_moving_range end as mean_moving_range,
        lower_limit,
        upper_limit,
        mean_side,
        step_direction,
        is_outside_limits,
        is_in_shift,
        is_in_trend,
        is_near_limit_together,
        {{ series_rule() }} as point_rule
    from charted
)

select * from final
