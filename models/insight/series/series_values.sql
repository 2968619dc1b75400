with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored' and value_number is not null
),

series_rebases as (
    select * from {{ ref('series_rebases') }}
),

-- A series begins anew with the first point in hand from the quarter that a row names.
begun as (
    select
        metric_values.framework_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.quarter_id,
        metric_values.value_number,
        max(series_rebases.from_quarter_id) as part_from_quarter_id
    from metric_values
    left join series_rebases
        on
            metric_values.framework_id = series_rebases.framework_id
            and metric_values.metric_id = series_rebases.metric_id
            and metric_values.quarter_id >= series_rebases.from_quarter_id
    group by
        metric_values.framework_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.quarter_id,
        metric_values.value_number
),

final as (
    select
        framework_id,
        trust_code,
        metric_id,
        quarter_id as point_order,
        cast(value_number as decimal(18, 4)) as point_value,
        coalesce(part_from_quarter_id, '') <> lag(coalesce(part_from_quarter_id, ''), 1, '') over (
            partition by framework_id, trust_code, metric_id
            order by quarter_id
        ) as is_rebased
    from begun
)

select * from final
