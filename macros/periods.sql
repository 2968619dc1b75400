{#- Reporting periods: free text to days, by the forms of seeds/reference. -#}

{#- Whether the whole of a text is of a form; an expression like any other, so the pattern may be a column. -#}
{% macro is_of_form(label, pattern) -%}
    {{ adapter.dispatch('is_of_form', 'nof')(label, pattern) }}
{%- endmacro %}

{% macro default__is_of_form(label, pattern) -%}
    regexp_full_match({{ label }}, {{ pattern }})
{%- endmacro %}

{% macro spark__is_of_form(label, pattern) -%}
    ({{ label }} rlike ('^(?:' || {{ pattern }} || ')$'))
{%- endmacro %}

{% macro postgres__is_of_form(label, pattern) -%}
    ({{ label }} ~ ('^(?:' || {{ pattern }} || ')$'))
{%- endmacro %}

{% macro snowflake__is_of_form(label, pattern) -%}
    regexp_like({{ label }}, {{ pattern }})
{%- endmacro %}

{#- What one group of the pattern caught; null where the form has no such part. -#}
{% macro caught_part(label, pattern, group_column, most_groups=8) -%}
    case {{ group_column }}
    {%- for number in range(1, most_groups + 1) %}
        when {{ number }} then {{ adapter.dispatch('caught_group', 'nof')(label, pattern, number) }}
    {%- endfor %}
    end
{%- endmacro %}

{% macro default__caught_group(label, pattern, number) -%}
    regexp_extract({{ label }}, {{ pattern }}, {{ number }})
{%- endmacro %}

{% macro postgres__caught_group(label, pattern, number) -%}
    (regexp_match({{ label }}, {{ pattern }}))[{{ number }}]
{%- endmacro %}

{% macro snowflake__caught_group(label, pattern, number) -%}
    regexp_substr({{ label }}, {{ pattern }}, 1, 1, 'e', {{ number }})
{%- endmacro %}

{#- A day from whole numbers, or null where the calendar has none such. -#}
{% macro day_of(year, month, day) -%}
    {{ adapter.dispatch('day_of', 'nof')(year, month, day) }}
{%- endmacro %}

{% macro default__day_of(year, month, day) -%}
    try_cast(
        concat(
            {{ as_text(year) }}, '-', lpad({{ as_text(month) }}, 2, '0'), '-',
            lpad({{ as_text(day) }}, 2, '0')
        ) as date
    )
{%- endmacro %}

{% macro postgres__day_of(year, month, day) -%}
    {%- set first = 'make_date(cast(' ~ year ~ ' as integer), cast(' ~ month ~ ' as integer), 1)' -%}
    {%- set last_day = 'extract(day from ' ~ first ~ " + interval '1' month - interval '1' day)" -%}
    case
        when {{ year }} >= 1 and {{ month }} between 1 and 12 and {{ day }} >= 1
            then case when {{ day }} <= {{ last_day }} then {{ first }} + cast({{ day }} - 1 as integer) end
    end
{%- endmacro %}

{#- Whole days from one day to another; below nought where the second is the earlier one. -#}
{% macro days_from(first_day, second_day) -%}
    {{ adapter.dispatch('days_from', 'nof')(first_day, second_day) }}
{%- endmacro %}

{% macro default__days_from(first_day, second_day) -%}
    ({{ second_day }} - {{ first_day }})
{%- endmacro %}

{#- The newest month number, up to the one given, with which a unit of a year begins. -#}
{% macro unit_start_up_to(month_number, months_in_unit, year_starts_in_month) -%}
    (
        {{ month_number }}
        - mod({{ month_number }} + 12 - ({{ year_starts_in_month }} - 1), {{ months_in_unit }})
    )
{%- endmacro %}

{#- Reads texts by every form. Takes the names of CTEs: `texts` with reporting_period_label, each once; and those of
    the seeds reporting_period_forms, reporting_period_boundaries, period_units and month_names. Gives the CTE
    `readings`: one row per text and form that the text is of, whether or not its parts make days that there are. -#}
{% macro read_periods(texts, forms, boundaries, units, month_names) -%}
    of_form as (
        select
            {{ texts }}.reporting_period_label,
            {{ forms }}.form_id,
            {{ forms }}.pattern,
            {{ forms }}.period_basis,
            {{ forms }}.short_year_base
        from {{ texts }}
        inner join {{ forms }}
            on {{ is_of_form(texts ~ '.reporting_period_label', forms ~ '.pattern') }}
    ),

    caught as (
        select
            of_form.reporting_period_label,
            of_form.form_id,
            of_form.period_basis,
            of_form.short_year_base,
            {{ boundaries }}.boundary,
            {{ boundaries }}.unit_id,
            {{ boundaries }}.edge,
            {{ boundaries }}.number_group,
            {{ boundaries }}.closing_year_group,
            {{ caught_part('of_form.reporting_period_label', 'of_form.pattern', boundaries ~ '.day_group') }}
                as day_text,
            {{ caught_part('of_form.reporting_period_label', 'of_form.pattern', boundaries ~ '.number_group') }}
                as number_text,
            {{ caught_part('of_form.reporting_period_label', 'of_form.pattern', boundaries ~ '.year_group') }}
                as year_text,
            {{ caught_part('of_form.reporting_period_label', 'of_form.pattern', boundaries ~ '.closing_year_group') }}
                as closing_year_text
        from of_form
        inner join {{ boundaries }}
            on of_form.form_id = {{ boundaries }}.form_id
    ),

    counted as (
        select
            caught.reporting_period_label,
            caught.form_id,
            caught.period_basis,
            caught.boundary,
            caught.unit_id,
            caught.edge,
            {{ to_number('caught.day_text', 'bigint') }} as day_number,
            -- A year has one of itself; months are named or numbered.
            case
                when caught.number_group is null then 1
                else coalesce({{ month_names }}.month_number, {{ to_number('caught.number_text', 'bigint') }})
            end as unit_number,
            {{ to_number('caught.year_text', 'bigint') }}
            + case when length(caught.year_text) = 2 then caught.short_year_base else 0 end as year_number,
            -- 2025/26 closes with the year after the one that it opens with; 2025/27 is no financial year.
            case
                when caught.closing_year_group is null then true
                else
                    mod({{ to_number('caught.year_text', 'bigint') }} + 1, 100)
                    = {{ to_number('caught.closing_year_text', 'bigint') }}
            end as is_year_whole
        from caught
        left join {{ month_names }}
            on lower(caught.number_text) = {{ month_names }}.month_name
    ),

    placed as (
        select
            counted.reporting_period_label,
            counted.form_id,
            counted.period_basis,
            counted.boundary,
            counted.edge,
            counted.year_number,
            counted.unit_number,
            counted.day_number,
            {{ units }}.months_in_unit,
            case
                when counted.is_year_whole and counted.unit_number between 1 and {{ units }}.units_in_year
                    then
                        counted.year_number * 12 + {{ units }}.year_starts_in_month - 1
                        + (counted.unit_number - 1) * {{ units }}.months_in_unit
            end as first_month
        from counted
        inner join {{ units }}
            on counted.unit_id = {{ units }}.unit_id
    ),

    dated as (
        select
            reporting_period_label,
            form_id,
            period_basis,
            boundary,
            case edge
                when 'first_day' then {{ first_day_of_month('first_month') }}
                when 'last_day' then {{ last_day_before_month('(first_month + months_in_unit)') }}
                when 'day_after' then {{ first_day_of_month('(first_month + months_in_unit)') }}
                when 'the_day' then {{ day_of('year_number', 'unit_number', 'day_number') }}
            end as boundary_date
        from placed
    ),

    bounded as (
        select
            reporting_period_label,
            form_id,
            period_basis,
            max(case when boundary = 'start' then boundary_date end) as period_start_date,
            max(case when boundary = 'end' then boundary_date end) as period_end_date,
            max(case when boundary = 'comparison_start' then boundary_date end) as comparison_start_date,
            max(case when boundary = 'comparison_end' then boundary_date end) as comparison_end_date,
            count(*) = count(boundary_date) as has_every_date
        from dated
        group by reporting_period_label, form_id, period_basis
    ),

    readings as (
        select
            reporting_period_label,
            form_id,
            period_basis,
            period_start_date,
            period_end_date,
            comparison_start_date,
            comparison_end_date,
            (
                has_every_date
                and period_start_date <= coalesce(period_end_date, period_start_date)
                and coalesce(comparison_start_date <= comparison_end_date, true)
                and coalesce(comparison_start_date < period_start_date, true)
            ) as is_read
        from bounded
    )
{%- endmacro %}
