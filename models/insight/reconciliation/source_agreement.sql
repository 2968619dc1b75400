with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

trusts as (
    select distinct
        framework_id,
        trust_code
    from {{ ref('trust_quarters') }}
),

source_measures as (
    select * from {{ ref('source_measures') }}
),

source_periods as (
    select * from {{ ref('source_periods') }}
    where coverage in ('whole_period', 'part_period')
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
    where applicability <> 'never'
),

source_values as (
    select * from {{ ref('source_values') }}
),

-- What the framework's own files say, whichever of the two is scored. Not the companion's row: see metric_values.
file_values as (
    select
        metrics.framework_id,
        oversight_data.quarter_id,
        oversight_data.trust_code,
        metrics.metric_id,
        oversight_data.value_number,
        oversight_data.file_id,
        oversight_data.row_number
    from {{ ref('stg_nhse__oversight_data') }} as oversight_data
    inner join metrics
        on
            oversight_data.measure_id = metrics.metric_id
            and coalesce(metrics.companion_unit_label, metrics.metric_id) <> coalesce(oversight_data.unit_label, '')
    where oversight_data.value_number is not null
),

-- A metric that is never one of a trust type is not looked for there; what is no metric is looked for everywhere.
looked_for as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code as organisation_code,
        trust_quarters.trust_type_id,
        source_measures.measure_id,
        source_measures.metric_id,
        true as is_in_framework_file
    from trust_quarters
    inner join source_measures
        on trust_quarters.framework_id = source_measures.framework_id
    inner join source_periods
        on
            trust_quarters.framework_id = source_periods.framework_id
            and trust_quarters.quarter_id = source_periods.quarter_id
            and source_measures.measure_id = source_periods.measure_id
    left join metric_applicability
        on
            trust_quarters.framework_id = metric_applicability.framework_id
            and source_measures.metric_id = metric_applicability.metric_id
            and trust_quarters.trust_type_id = metric_applicability.trust_type_id
    where source_measures.metric_id is null or metric_applicability.metric_id is not null
),

-- A publication has organisations of which no framework file is in hand: their values are what it is read for.
others as (
    select
        source_values.framework_id,
        source_values.quarter_id,
        source_values.trust_code as organisation_code,
        cast(null as varchar) as trust_type_id,
        source_values.measure_id,
        source_values.metric_id,
        false as is_in_framework_file
    from source_values
    inner join run_scope
        on
            source_values.framework_id = run_scope.framework_id
            and source_values.quarter_id = run_scope.quarter_id
    left join trust_quarters
        on
            source_values.framework_id = trust_quarters.framework_id
            and source_values.quarter_id = trust_quarters.quarter_id
            and source_values.trust_code = trust_quarters.trust_code
    where trust_quarters.trust_code is null
),

organisations as (
    select
        framework_id,
        quarter_id,
        organisation_code,
        trust_type_id,
        measure_id,
        metric_id,
        is_in_framework_file
    from looked_for
    union all
    select
        framework_id,
        quarter_id,
        organisation_code,
        trust_type_id,
        measure_id,
        metric_id,
        is_in_framework_file
    from others
),

beside as (
    select
        organisations.framework_id,
        organisations.quarter_id,
        organisations.organisation_code,
        trusts.trust_code,
        organisations.trust_type_id,
        organisations.is_in_framework_file,
        organisations.measure_id,
        organisations.metric_id,
        source_values.numerator,
        source_values.denominator,
        source_values.value_number as source_value,
        source_values.value_rounded as source_value_rounded,
        coalesce(source_values.value_status, 'no_row') as value_status,
        source_values.period_basis,
        source_values.period_start_date,
        source_values.period_end_date,
        source_values.months_in_hand,
        source_values.months_expected,
        file_values.value_number as file_value,
        case
            when source_values.value_number is not null and file_values.value_number is not null
                then cast(source_values.value_rounded - file_values.value_number as decimal(28, 10))
        end as difference,
        source_values.file_id,
        source_values.row_number,
        file_values.file_id as framework_file_id,
        file_values.row_number as framework_row_number
    from organisations
    left join trusts
        on
            organisations.framework_id = trusts.framework_id
            and organisations.organisation_code = trusts.trust_code
    left join source_values
        on
            organisations.framework_id = source_values.framework_id
            and organisations.quarter_id = source_values.quarter_id
            and organisations.organisation_code = source_values.trust_code
            and organisations.measure_id = source_values.measure_id
    left join file_values
        on
            organisations.framework_id = file_values.framework_id
            and organisations.quarter_id = file_values.quarter_id
            and organisations.organisation_code = file_values.trust_code
            and organisations.metric_id = file_values.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        organisation_code,
        trust_code,
        trust_type_id,
        is_in_framework_file,
        measure_id,
        metric_id,
        numerator,
        denominator,
        source_value,
        source_value_rounded,
        value_status,
        period_basis,
        period_start_date,
        period_end_date,
        months_in_hand,
        months_expected,
        file_value,
        case
            when metric_id is null then 'no_metric'
            when source_value is null and file_value is null then 'neither'
            when source_value is null then 'only_in_file'
            when file_value is null then 'only_in_source'
            -- Part of a period is no figure of the quarter: it may be far off and right.
            when value_status = 'part_period' then 'part_of_the_period'
            when difference = 0 then 'equal'
            else 'differs'
        end as agreement,
        difference,
        file_id,
        row_number,
        framework_file_id,
        framework_row_number
    from beside
)

select * from final
