-- A form has a first day, a known basis and boundaries of known units; a basis ends with a unit and has a length or a
-- unit that it begins with, unless it is a window; the months of a unit fill its year.
with reporting_period_forms as (
    select * from {{ ref('reporting_period_forms') }}
),

reporting_period_boundaries as (
    select * from {{ ref('reporting_period_boundaries') }}
),

period_units as (
    select * from {{ ref('period_units') }}
),

period_bases as (
    select * from {{ ref('period_bases') }}
),

starts as (
    select distinct form_id from reporting_period_boundaries
    where boundary = 'start'
),

forms_not_right as (
    select
        reporting_period_forms.form_id as row_id,
        'a form without a known basis or a first day' as problem
    from reporting_period_forms
    left join period_bases
        on reporting_period_forms.period_basis = period_bases.period_basis
    left join starts
        on reporting_period_forms.form_id = starts.form_id
    where
        period_bases.period_basis is null
        or starts.form_id is null
        or reporting_period_forms.short_year_base is null
),

boundaries_not_right as (
    select
        reporting_period_boundaries.form_id as row_id,
        'a boundary of no form, of no unit, or without the parts that its edge needs' as problem
    from reporting_period_boundaries
    left join reporting_period_forms
        on reporting_period_boundaries.form_id = reporting_period_forms.form_id
    left join period_units
        on reporting_period_boundaries.unit_id = period_units.unit_id
    where
        reporting_period_forms.form_id is null
        or period_units.unit_id is null
        or reporting_period_boundaries.year_group is null
        or reporting_period_boundaries.boundary not in ('start', 'end', 'comparison_start', 'comparison_end')
        or reporting_period_boundaries.edge not in ('first_day', 'last_day', 'day_after', 'the_day')
        or (reporting_period_boundaries.edge = 'the_day') <> (period_units.months_in_unit is null)
        or (reporting_period_boundaries.edge = 'the_day') <> (reporting_period_boundaries.day_group is not null)
        -- A unit of which a year has several needs its number; a year has none.
        or (coalesce(period_units.units_in_year, 12) > 1) <> (reporting_period_boundaries.number_group is not null)
),

units_not_right as (
    select
        unit_id as row_id,
        'a unit that does not fill its year' as problem
    from period_units
    where
        coalesce(months_in_unit * units_in_year, 12) <> 12
        or (months_in_unit is null) <> (units_in_year is null)
        or (months_in_unit is null) <> (year_starts_in_month is null)
        or coalesce(year_starts_in_month, 1) not between 1 and 12
),

bases_not_right as (
    select
        period_bases.period_basis as row_id,
        'a basis that is not a window and has no end, or not one of a length and a beginning' as problem
    from period_bases
    left join period_units as end_units
        on period_bases.end_unit_id = end_units.unit_id
    left join period_units as start_units
        on period_bases.start_unit_id = start_units.unit_id
    where
        period_bases.period_shape is null
        or period_bases.is_window is null
        or period_bases.may_end_after_quarter is null
        or period_bases.is_window <> (end_units.months_in_unit is null)
        or (
            not period_bases.is_window
            and (period_bases.length_months is null) <> (start_units.months_in_unit is not null)
        )
        or coalesce(period_bases.length_months, 1) < 1
)

select * from forms_not_right
union all
select * from boundaries_not_right
union all
select * from units_not_right
union all
select * from bases_not_right
