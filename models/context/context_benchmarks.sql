with context_values as (
    select * from {{ ref('context_values') }}
    where context_status = 'in_hand' and value_number is not null
),

benchmark_quantiles as (
    select * from {{ ref('benchmark_quantiles') }}
),

context_completeness as (
    select * from {{ ref('context_completeness') }}
),

positioned as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        value_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_type_id, metric_id
            order by value_number
        ) as value_position,
        count(*) over (
            partition by framework_id, quarter_id, trust_type_id, metric_id
        ) as organisations_counted
    from context_values
),

quantiles as (
    select
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        benchmark_quantiles.benchmark_id,
        positioned.organisations_counted,
        {{ quantile_type_7(
            'positioned.value_number',
            'positioned.value_position',
            'positioned.organisations_counted',
            'benchmark_quantiles.quantile',
        ) }} as benchmark_value
    from positioned
    inner join benchmark_quantiles
        on positioned.framework_id = benchmark_quantiles.framework_id
    group by
        positioned.framework_id,
        positioned.quarter_id,
        positioned.trust_type_id,
        positioned.metric_id,
        benchmark_quantiles.benchmark_id,
        positioned.organisations_counted
),

-- Rules 4: lower and upper by number, not by goodness.
rounded as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        organisations_counted,
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
    group by framework_id, quarter_id, trust_type_id, metric_id, organisations_counted
),

final as (
    select
        rounded.framework_id,
        rounded.quarter_id,
        rounded.trust_type_id,
        rounded.metric_id,
        rounded.organisations_counted,
        rounded.lower_quartile_value,
        rounded.median_value,
        rounded.upper_quartile_value,
        case
            when context_completeness.is_complete then 'computed'
            else 'computed_partial_pool'
        end as benchmark_basis
    from rounded
    inner join context_completeness
        on
            rounded.framework_id = context_completeness.framework_id
            and rounded.quarter_id = context_completeness.quarter_id
            and rounded.trust_type_id = context_completeness.trust_type_id
)

select * from final
