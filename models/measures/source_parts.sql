with measure_months as (
    select * from {{ ref('measure_months') }}
),

terms as (
    select * from {{ ref('source_measure_terms') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

codes as (
    select * from {{ ref('source_organisation_codes') }}
),

figures as (
    select
        dataset_id,
        {{ month_number('period_start_date') }} as month_number,
        file_id,
        row_number,
        organisation_code,
        figure_group,
        figure_subgroup,
        figure_id,
        band,
        figure_number
    from {{ ref('source_figures') }}
),

-- A term that names no group, subgroup or band takes all of them.
counted as (
    select
        measure_months.framework_id,
        measure_months.quarter_id,
        measure_months.measure_id,
        measure_months.dataset_id,
        measure_months.month_number,
        figures.organisation_code,
        terms.side,
        cast(terms.sign as decimal(1, 0)) * figures.figure_number as figure_number,
        figures.file_id,
        figures.row_number
    from measure_months
    inner join terms
        on
            measure_months.framework_id = terms.framework_id
            and measure_months.measure_id = terms.measure_id
    inner join figures
        on
            measure_months.dataset_id = figures.dataset_id
            and measure_months.month_number = figures.month_number
            and terms.figure_id = figures.figure_id
            and coalesce(terms.figure_group, figures.figure_group, '') = coalesce(figures.figure_group, '')
            and coalesce(terms.figure_subgroup, figures.figure_subgroup, '') = coalesce(figures.figure_subgroup, '')
            and coalesce(terms.band_from, figures.band, 0) <= coalesce(figures.band, 0)
            and coalesce(terms.band_to, figures.band, 0) >= coalesce(figures.band, 0)
),

-- One code for each side first: far fewer rows are then looked up.
by_code as (
    select
        framework_id,
        quarter_id,
        measure_id,
        dataset_id,
        month_number,
        organisation_code,
        sum(case when side = 'numerator' then figure_number end) as numerator,
        sum(case when side = 'denominator' then figure_number end) as denominator,
        sum(case when figure_number is null then 1 else 0 end) as figures_missing,
        min(file_id) as file_id,
        min(row_number) as row_number,
        count(distinct row_number) as row_count
    from counted
    group by framework_id, quarter_id, measure_id, dataset_id, month_number, organisation_code
),

-- A merger counts from the quarter in which it falls, and for the months before it as well.
coded as (
    select
        by_code.framework_id,
        by_code.quarter_id,
        by_code.measure_id,
        by_code.dataset_id,
        by_code.month_number,
        by_code.organisation_code,
        coalesce(codes.trust_code, by_code.organisation_code) as trust_code,
        by_code.numerator,
        by_code.denominator,
        by_code.figures_missing,
        by_code.file_id,
        by_code.row_number,
        by_code.row_count
    from by_code
    inner join quarters
        on by_code.quarter_id = quarters.quarter_id
    left join codes
        on
            by_code.framework_id = codes.framework_id
            and by_code.dataset_id = codes.dataset_id
            and by_code.organisation_code = codes.organisation_code
            and by_code.month_number >= coalesce(codes.first_month, by_code.month_number)
            and by_code.month_number <= coalesce(codes.last_month, by_code.month_number)
            and quarters.end_date >= coalesce(codes.from_date, quarters.end_date)
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        dataset_id,
        month_number,
        organisation_code,
        cast(numerator as decimal(28, 16)) as numerator,
        cast(denominator as decimal(28, 16)) as denominator,
        cast(figures_missing as bigint) as figures_missing,
        file_id,
        row_number,
        row_count
    from coded
)

select * from final
