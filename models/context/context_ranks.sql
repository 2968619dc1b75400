with context_values as (
    select * from {{ ref('context_values') }}
    where context_status = 'in_hand' and value_number is not null
),

metrics as (
    select * from {{ ref('metrics') }}
    where polarity in ('lower', 'higher')
),

context_completeness as (
    select * from {{ ref('context_completeness') }}
    where is_complete
),

-- Rules 4: by value within the type, ties share the best rank; nothing is ranked in a type that is not whole.
final as (
    select
        context_values.framework_id,
        context_values.quarter_id,
        context_values.trust_code,
        context_values.metric_id,
        cast(rank() over (
            partition by
                context_values.framework_id,
                context_values.quarter_id,
                context_values.trust_type_id,
                context_values.metric_id
            order by
                case metrics.polarity
                    when 'lower' then context_values.value_number
                    when 'higher' then -context_values.value_number
                end
        ) as bigint) as value_rank
    from context_values
    inner join metrics
        on
            context_values.framework_id = metrics.framework_id
            and context_values.metric_id = metrics.metric_id
    inner join context_completeness
        on
            context_values.framework_id = context_completeness.framework_id
            and context_values.quarter_id = context_completeness.quarter_id
            and context_values.trust_type_id = context_completeness.trust_type_id
)

select * from final
