with sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

sensitivity_averages as (
    select * from {{ ref('sensitivity_averages') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

-- Rules 3: cut and ranked are the averages as they are rounded, to the places of a published score where a case says
-- nothing else.
judged as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        sensitivity_cases.case_id,
        trust_quarters.trust_code,
        trust_quarters.trust_type_id,
        case
            when not trust_type_completeness.is_complete then 'incomplete'
            when sensitivity_averages.average_score_unrounded is null then 'no_metrics'
            else 'scored'
        end as average_status,
        sensitivity_averages.average_score_unrounded,
        sensitivity_averages.average_basis,
        coalesce(sensitivity_cases.rounded_places, {{ var('score_places') }}) as rounded_places
    from trust_quarters
    inner join sensitivity_cases
        on trust_quarters.framework_id = sensitivity_cases.framework_id
    inner join trust_type_completeness
        on
            trust_quarters.framework_id = trust_type_completeness.framework_id
            and trust_quarters.quarter_id = trust_type_completeness.quarter_id
            and trust_quarters.trust_type_id = trust_type_completeness.trust_type_id
    left join sensitivity_averages
        on
            trust_quarters.framework_id = sensitivity_averages.framework_id
            and trust_quarters.quarter_id = sensitivity_averages.quarter_id
            and trust_quarters.trust_code = sensitivity_averages.trust_code
            and sensitivity_averages.variant_id
            = coalesce(sensitivity_cases.left_out_metric_id, 'none')
            || ' ' || coalesce(sensitivity_cases.averages_over, 'metrics')
),

final as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_code,
        trust_type_id,
        average_status,
        case
            when average_status = 'scored'
                then cast({{ round_half_up_to('average_score_unrounded', 'rounded_places') }} as decimal(18, 10))
        end as average_score,
        case when average_status = 'scored' then average_basis end as average_basis
    from judged
)

select * from final
