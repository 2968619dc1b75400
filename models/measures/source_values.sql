with source_parts as (
    select * from {{ ref('source_parts') }}
),

source_measures as (
    select * from {{ ref('source_measures') }}
),

source_datasets as (
    select * from {{ ref('source_datasets') }}
),

source_periods as (
    select * from {{ ref('source_periods') }}
),

summed as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(figures_missing) as figures_missing,
        count(distinct month_number) as months_counted
    from source_parts
    group by framework_id, quarter_id, trust_code, measure_id
),

-- The newest month's file and row are those that a reader is led to; the parts have all of them.
newest as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        file_id,
        row_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, measure_id
            order by month_number desc, organisation_code asc
        ) as recency
    from source_parts
),

valued as {{ worked_out_once() }} (
    select
        summed.framework_id,
        summed.quarter_id,
        summed.trust_code,
        summed.measure_id,
        source_measures.metric_id,
        source_measures.first_rounding_places,
        source_measures.second_rounding_places,
        source_measures.published_places,
        cast(summed.numerator as decimal(28, 16)) as numerator,
        cast(summed.denominator as decimal(28, 16)) as denominator,
        case
            when summed.figures_missing > 0 or summed.denominator is null or summed.denominator = 0 then null
            when source_measures.value_form <> 'ratio' then cast(summed.numerator as decimal(28, 16))
            else
                {{ double_as_decimal(
                    decimal_as_double('summed.numerator', 16) ~ ' * ' ~ as_double('source_measures.factor') ~ ' / ('
                    ~ decimal_as_double('summed.denominator', 16) ~ ' * ' ~ as_double('source_measures.divisor') ~ ')',
                    28, 16,
                ) }}
        end as value_number,
        case
            when summed.figures_missing > 0 then 'figure_missing'
            when summed.denominator is null or summed.denominator = 0 then 'nothing_counted'
            when
                source_datasets.absence_means = 'not_submitted'
                and summed.months_counted < source_periods.periods_expected
                then 'part_period'
            else source_periods.coverage
        end as value_status,
        source_periods.period_basis,
        source_periods.period_start_date,
        source_periods.period_end_date,
        -- An earlier month in the place of the latest is none of those that are expected.
        case
            when source_periods.period_end_date >= source_periods.expected_start_date then summed.months_counted
            else 0
        end as months_in_hand,
        source_periods.periods_expected as months_expected,
        source_periods.period_label as reporting_period_label,
        newest.file_id,
        newest.row_number
    from summed
    inner join source_measures
        on
            summed.framework_id = source_measures.framework_id
            and summed.measure_id = source_measures.measure_id
    inner join source_datasets
        on source_measures.dataset_id = source_datasets.dataset_id
    inner join source_periods
        on
            summed.framework_id = source_periods.framework_id
            and summed.quarter_id = source_periods.quarter_id
            and summed.measure_id = source_periods.measure_id
    inner join newest
        on
            summed.framework_id = newest.framework_id
            and summed.quarter_id = newest.quarter_id
            and summed.trust_code = newest.trust_code
            and summed.measure_id = newest.measure_id
            and newest.recency = 1
),

-- One rounding after another where the published values come out so: a row of the seed says to which places.
rounded_first as {{ worked_out_once() }} (
    select
        *,
        {{ round_half_up_to('value_number', 'first_rounding_places') }} as value_rounded_first
    from valued
),

rounded_second as {{ worked_out_once() }} (
    select
        *,
        {{ round_half_up_to('value_rounded_first', 'second_rounding_places') }} as value_rounded_second
    from rounded_first
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        metric_id,
        numerator,
        denominator,
        value_number,
        cast({{ round_half_up_to('value_rounded_second', 'published_places') }} as decimal(28, 6)) as value_rounded,
        value_status,
        period_basis,
        period_start_date,
        period_end_date,
        months_in_hand,
        months_expected,
        reporting_period_label,
        file_id,
        row_number
    from rounded_second
)

select * from final
