with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored' and value_number is not null
),

metrics as (
    select * from {{ ref('metrics') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

ranked as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.published_rank,
        trust_type_completeness.is_complete,
        cast(rank() over (
            partition by
                metric_values.framework_id,
                metric_values.quarter_id,
                metric_values.trust_type_id,
                metric_values.metric_id
            order by
                case metrics.polarity
                    when 'lower' then metric_values.value_number
                    when 'higher' then -metric_values.value_number
                end
        ) as bigint) as rank_by_value,
        -- Over the whole part, but in the order of the rank: the engine then sorts once for both.
        count(*) over (
            partition by
                metric_values.framework_id,
                metric_values.quarter_id,
                metric_values.trust_type_id,
                metric_values.metric_id
            order by
                case metrics.polarity
                    when 'lower' then metric_values.value_number
                    when 'higher' then -metric_values.value_number
                end
            rows between unbounded preceding and unbounded following
        ) as trusts_ranked
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join trust_type_completeness
        on
            metric_values.framework_id = trust_type_completeness.framework_id
            and metric_values.quarter_id = trust_type_completeness.quarter_id
            and metric_values.trust_type_id = trust_type_completeness.trust_type_id
),

-- Rules 1: the published rank was made from unrounded values, so it is preferred where there is one. Without one
-- a trust is ranked only in a whole trust type.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        coalesce(published_rank, case when is_complete then rank_by_value end) as value_rank,
        rank_by_value,
        trusts_ranked,
        case
            when published_rank is not null then 'published_rank'
            when is_complete then 'value'
        end as value_rank_origin
    from ranked
)

select * from final
