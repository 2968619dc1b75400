with series_rules as (
    select * from {{ ref('series_rules') }}
),

-- The constants side by side: whole numbers where they count points.
final as (
    select
        framework_id,
        max(case when rule_id = 'limit_multiplier' then rule_value end) as limit_multiplier,
        max(case when rule_id = 'screen_multiplier' then rule_value end) as screen_multiplier,
        cast(max(case when rule_id = 'shift_length' then rule_value end) as integer) as shift_length,
        cast(max(case when rule_id = 'trend_length' then rule_value end) as integer) as trend_length,
        cast(max(case when rule_id = 'near_numerator' then rule_value end) as integer) as near_numerator,
        cast(max(case when rule_id = 'near_denominator' then rule_value end) as integer) as near_denominator,
        cast(max(case when rule_id = 'near_count' then rule_value end) as integer) as near_count,
        cast(max(case when rule_id = 'near_window' then rule_value end) as integer) as near_window,
        cast(max(case when rule_id = 'firm_points' then rule_value end) as integer) as firm_points,
        cast(max(case when rule_id = 'fewest_points' then rule_value end) as integer) as fewest_points
    from series_rules
    group by framework_id
)

select * from final
