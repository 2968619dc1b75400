with context_values as (
    select * from {{ ref('context_values') }}
    where context_status = 'in_hand' and value_number is not null
),

peer_context_metrics as (
    select * from {{ ref('peer_context_metrics') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
    where organisation_kind = 'provider'
),

in_hand as (
    select
        context_values.framework_id,
        context_values.quarter_id,
        context_values.trust_code,
        context_values.metric_id,
        trust_quarters.trust_type_id,
        cast(context_values.value_number as decimal(18, 4)) as context_value
    from context_values
    inner join peer_context_metrics
        on
            context_values.framework_id = peer_context_metrics.framework_id
            and context_values.metric_id = peer_context_metrics.metric_id
    inner join trust_quarters
        on
            context_values.framework_id = trust_quarters.framework_id
            and context_values.quarter_id = trust_quarters.quarter_id
            and context_values.trust_code = trust_quarters.trust_code
),

-- Fixed to six decimals at each step, so that the sums are the same in any order.
means as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        count(*) as trusts_counted,
        cast(sum(context_value) / count(*) as decimal(18, 6)) as mean_value
    from in_hand
    group by framework_id, quarter_id, trust_type_id, metric_id
),

deviations as (
    select
        in_hand.framework_id,
        in_hand.quarter_id,
        in_hand.trust_code,
        in_hand.metric_id,
        in_hand.trust_type_id,
        in_hand.context_value,
        means.trusts_counted,
        means.mean_value,
        cast(in_hand.context_value - means.mean_value as decimal(18, 6)) as deviation
    from in_hand
    inner join means
        on
            in_hand.framework_id = means.framework_id
            and in_hand.quarter_id = means.quarter_id
            and in_hand.trust_type_id = means.trust_type_id
            and in_hand.metric_id = means.metric_id
),

spreads as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        cast(
            sqrt(cast(sum(cast(deviation * deviation as decimal(28, 10))) / count(*) as decimal(28, 10)))
            as decimal(18, 6)
        ) as standard_deviation
    from deviations
    group by framework_id, quarter_id, trust_type_id, metric_id
),

-- A metric on which the type does not differ tells nobody from anybody.
final as (
    select
        deviations.framework_id,
        deviations.quarter_id,
        deviations.trust_code,
        deviations.metric_id,
        deviations.trust_type_id,
        deviations.context_value,
        deviations.trusts_counted,
        deviations.mean_value,
        spreads.standard_deviation,
        cast(deviations.deviation / spreads.standard_deviation as decimal(18, 6)) as standard_score
    from deviations
    inner join spreads
        on
            deviations.framework_id = spreads.framework_id
            and deviations.quarter_id = spreads.quarter_id
            and deviations.trust_type_id = spreads.trust_type_id
            and deviations.metric_id = spreads.metric_id
    where spreads.standard_deviation > 0
)

select * from final
