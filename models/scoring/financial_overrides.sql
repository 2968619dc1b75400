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
    select * from {{ ref('oversight_values') }}
),

deficit_support as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'deficit_support'
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
        oversight_data.value_quarter_id as flag_quarter_id,
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

limbs as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        frameworks.override_segment_floor,
        frameworks.override_sum_below,
        -- A sum of which a part is missing is no sum.
        case when sums.input_in_hand_count = sums.input_count then sums.input_sum end as input_sum,
        case
            when sums.input_in_hand_count = sums.input_count then sums.input_sum < frameworks.override_sum_below
        end as is_in_deficit,
        deficit_support.value_id = 'received' as has_deficit_support,
        deficit_support.file_id as support_file_id,
        deficit_support.row_number as support_row_number,
        coalesce(deficit_support.is_confidential, false) as is_support_confidential,
        flags.published_flag = 1 as published_flag,
        flags.flag_measure_id,
        flags.flag_quarter_id,
        flags.file_id,
        flags.row_number
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
    left join deficit_support
        on
            trust_quarters.framework_id = deficit_support.framework_id
            and trust_quarters.quarter_id = deficit_support.quarter_id
            and trust_quarters.trust_code = deficit_support.trust_code
),

-- Rules 3, financial override: the published flag where there is one, otherwise derived from either limb, otherwise
-- unknown. Support received is enough by itself; without it the sum decides.
based as (
    select
        framework_id,
        quarter_id,
        trust_code,
        override_segment_floor,
        override_sum_below,
        input_sum,
        is_in_deficit,
        has_deficit_support,
        support_file_id,
        support_row_number,
        is_support_confidential,
        flag_measure_id,
        flag_quarter_id,
        file_id,
        row_number,
        case
            when flag_quarter_id <> quarter_id then 'carried_forward'
            when published_flag is not null then 'published'
            when is_in_deficit is not null or has_deficit_support then 'derived'
            else 'unknown'
        end as override_basis,
        case
            when published_flag is not null then published_flag
            when has_deficit_support then true
            else is_in_deficit
        end as has_financial_override
    from limbs
),

worded as (
    select
        framework_id,
        quarter_id,
        trust_code,
        case
            when is_in_deficit is null then 'plan or variance is missing'
            else
                'plan and variance add up to '
                || {{ decimal_as_text('input_sum', 18, 2) }}
                || ' % of turnover, '
                || case when is_in_deficit then 'below ' else 'not below ' end
                || {{ decimal_as_text('override_sum_below', 18, 2) }}
                || ' %'
        end as deficit_words,
        case
            when is_support_confidential then 'deficit support is confidential'
            when has_deficit_support is null then 'deficit support is not in hand'
            when has_deficit_support then 'deficit support received'
            else 'no deficit support received'
        end as support_words,
        case
            when not coalesce(has_financial_override, false) then null
            when is_in_deficit and has_deficit_support then 'deficit_and_deficit_support'
            when is_in_deficit then 'deficit'
            when has_deficit_support then 'deficit_support'
            else 'not_shown'
        end as override_limb
    from based
),

final as (
    select
        based.framework_id,
        based.quarter_id,
        based.trust_code,
        based.override_segment_floor,
        based.has_financial_override,
        based.override_basis,
        case based.override_basis
            when 'published' then based.flag_measure_id || ' as published'
            when 'carried_forward' then based.flag_measure_id || ' as published for ' || based.flag_quarter_id
            when 'derived' then worded.deficit_words || '; ' || worded.support_words
            else 'no published flag, and ' || worded.deficit_words
        end as override_reason,
        based.input_sum as plan_and_variance,
        based.is_in_deficit,
        based.has_deficit_support,
        worded.override_limb,
        based.support_file_id as deficit_support_file_id,
        based.support_row_number as deficit_support_row_number,
        based.is_support_confidential as is_deficit_support_confidential,
        -- Of a confidential register no more is said than what follows without it: a deficit is enough by itself.
        case
            when worded.override_limb is null or not based.is_support_confidential then worded.override_limb
            when based.is_in_deficit then 'deficit'
            else 'confidential'
        end as shown_limb,
        based.file_id as override_file_id,
        based.row_number as override_row_number
    from based
    inner join worded
        on
            based.framework_id = worded.framework_id
            and based.quarter_id = worded.quarter_id
            and based.trust_code = worded.trust_code
)

select * from final
