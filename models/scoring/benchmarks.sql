with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored' and value_number is not null
),

benchmark_quantiles as (
    select * from {{ ref('benchmark_quantiles') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

-- Values are counted, not listed: many trusts have the same one.
counted as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        value_number,
        count(*) as trusts_with_value
    from metric_values
    group by framework_id, quarter_id, trust_type_id, metric_id, value_number
),

positioned as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        value_number,
        trusts_with_value,
        {{ last_place_of_counts(
            'trusts_with_value', ['framework_id', 'quarter_id', 'trust_type_id', 'metric_id'], 'value_number'
        ) }} as last_place,
        {{ places_of_counts(
            'trusts_with_value', ['framework_id', 'quarter_id', 'trust_type_id', 'metric_id'], 'value_number'
        ) }} as trusts_counted
    from counted
),

quantiles as (
    select
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        benchmark_quantiles.benchmark_id,
        positioned.trusts_counted,
        {{ quantile_type_7_of_counts(
            'positioned.value_number',
            'positioned.trusts_with_value',
            'positioned.last_place',
            'positioned.trusts_counted',
            'benchmark_quantiles.quantile',
        ) }} as benchmark_value
    from positioned
    inner join benchmark_quantiles
        on
            positioned.framework_id = benchmark_quantiles.framework_id
            and {{ is_beside_place(
                'positioned.trusts_with_value',
                'positioned.last_place',
                'positioned.trusts_counted',
                'benchmark_quantiles.quantile',
            ) }}
    group by
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        benchmark_quantiles.benchmark_id,
        positioned.trusts_counted
),

-- Rules 4: lower and upper by number, not by goodness.
rounded as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        trusts_counted,
        cast(
            {{ round_half_up("max(case when benchmark_id = 'lower_quartile' then benchmark_value end)") }}
            as decimal(18, 2)
        ) as lower_quartile_value,
        cast(
            {{ round_half_up("max(case when benchmark_id = 'median' then benchmark_value end)") }}
            as decimal(18, 2)
        ) as median_value,
        cast(
            {{ round_half_up("max(case when benchmark_id = 'upper_quartile' then benchmark_value end)") }}
            as decimal(18, 2)
        ) as upper_quartile_value
    from quantiles
    group by framework_id, quarter_id, trust_type_id, metric_id, trusts_counted
),

final as (
    select
        rounded.framework_id,
        rounded.quarter_id,
        rounded.trust_type_id,
        rounded.metric_id,
        rounded.trusts_counted,
        rounded.lower_quartile_value,
        rounded.median_value,
        rounded.upper_quartile_value,
        case
            when trust_type_completeness.is_complete then 'computed'
            else 'computed_partial_pool'
        end as benchmark_basis
    from rounded
    inner join trust_type_completeness
        on
            rounded.framework_id = trust_type_completeness.framework_id
            and rounded.quarter_id = trust_type_completeness.quarter_id
            and rounded.trust_type_id = trust_type_completeness.trust_type_id
)

select * from final
