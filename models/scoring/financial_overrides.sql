with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'financial_override'
),

override_inputs as (
    select * from {{ ref('override_inputs') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

sums as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        count(*) as input_count,
        count(metric_values.value_number) as input_in_hand_count,
        sum(metric_values.value_number) as input_sum
    from trust_quarters
    inner join override_inputs
        on trust_quarters.framework_id = override_inputs.framework_id
    left join metric_values
        on
            trust_quarters.framework_id = metric_values.framework_id
            and trust_quarters.quarter_id = metric_values.quarter_id
            and trust_quarters.trust_code = metric_values.trust_code
            and override_inputs.metric_id = metric_values.metric_id
    group by trust_quarters.framework_id, trust_quarters.quarter_id, trust_quarters.trust_code
),

flags as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        oversight_data.value_number as published_flag,
        oversight_data.measure_id as flag_measure_id,
        oversight_data.file_id,
        oversight_data.row_number
    from trust_quarters
    inner join summary_measures
        on trust_quarters.framework_id = summary_measures.framework_id
    inner join oversight_data
        on
            trust_quarters.quarter_id = oversight_data.quarter_id
            and trust_quarters.trust_code = oversight_data.trust_code
            and summary_measures.measure_id = oversight_data.measure_id
    where oversight_data.value_number is not null
),

-- Rules 3, financial override: the published flag where there is one, otherwise derived, otherwise unknown.
based as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        frameworks.override_segment_floor,
        frameworks.override_sum_below,
        -- A sum of which a part is missing is no sum.
        case when sums.input_in_hand_count = sums.input_count then sums.input_sum end as input_sum,
        flags.flag_measure_id,
        flags.file_id,
        flags.row_number,
        case
            when flags.published_flag is not null then 'published'
            when sums.input_in_hand_count = sums.input_count then 'derived'
            else 'unknown'
        end as override_basis,
        case
            when flags.published_flag is not null then flags.published_flag = 1
            when sums.input_in_hand_count = sums.input_count then sums.input_sum < frameworks.override_sum_below
        end as has_financial_override
    from trust_quarters
    inner join frameworks
        on trust_quarters.framework_id = frameworks.framework_id
    left join sums
        on
            trust_quarters.framework_id = sums.framework_id
            and trust_quarters.quarter_id = sums.quarter_id
            and trust_quarters.trust_code = sums.trust_code
    left join flags
        on
            trust_quarters.framework_id = flags.framework_id
            and trust_quarters.quarter_id = flags.quarter_id
            and trust_quarters.trust_code = flags.trust_code
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        override_segment_floor,
        has_financial_override,
        override_basis,
        case override_basis
            when 'published' then flag_measure_id || ' as published'
            when 'derived'
                then
                    'plan and variance add up to '
                    || cast(cast(input_sum as decimal(18, 2)) as varchar)
                    || ' % of turnover, '
                    || case when has_financial_override then 'below ' else 'not below ' end
                    || cast(cast(override_sum_below as decimal(18, 2)) as varchar)
                    || ' %; deficit support is not in hand'
            else 'no published flag, and plan or variance is missing'
        end as override_reason,
        input_sum as plan_and_variance,
        file_id as override_file_id,
        row_number as override_row_number
    from based
)

select * from final
