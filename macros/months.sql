{#- Months counted from the year nought, so that a window of months is a difference of whole numbers. -#}
{% macro month_number(date) -%}
    cast(extract(year from {{ date }}) * 12 + extract(month from {{ date }}) - 1 as bigint)
{%- endmacro %}

{% macro first_month_of_year(year) -%}
    cast(({{ year }}) * 12 as bigint)
{%- endmacro %}

{% macro month_of_year(number) -%}
    (mod({{ number }}, 12) + 1)
{%- endmacro %}

{#- A month as published texts write it, for example Jun-25. -#}
{% macro month_label(number, short_name) -%}
    {{ short_name }} || '-' || lpad({{ as_text('mod(' ~ year_of_month(number) ~ ', 100)') }}, 2, '0')
{%- endmacro %}

{#- The month as ISO writes it, for example 2025-06. -#}
{% macro month_text(number) -%}
    {{ as_text(year_of_month(number)) }} || '-' || lpad({{ as_text(month_of_year(number)) }}, 2, '0')
{%- endmacro %}

{% macro year_of_month(number) -%}
    {{ whole_division(number, 12) }}
{%- endmacro %}

{% macro first_day_of_month(number) -%}
    cast({{ month_text(number) }} || '-01' as date)
{%- endmacro %}

{#- The day before a month begins: where a period ends whose next one begins with that month. -#}
{% macro last_day_before_month(number) -%}
    {{ adapter.dispatch('day_before', 'nof')(first_day_of_month(number)) }}
{%- endmacro %}

{% macro default__day_before(day) -%}
    cast({{ day }} - interval '1' day as date)
{%- endmacro %}

{% macro snowflake__day_before(day) -%}
    dateadd(day, -1, {{ day }})
{%- endmacro %}

{% macro last_day_of_month(number) -%}
    {{ last_day_before_month('(' ~ number ~ ') + 1') }}
{%- endmacro %}

{% macro first_day_of_year(year) -%}
    cast({{ as_text(year) }} || '-01-01' as date)
{%- endmacro %}

{#- The last day of a month, or of the year that begins with it. -#}
{% macro period_end(number, unit) -%}
    case {{ unit }}
        when 'year' then {{ last_day_of_month('(' ~ number ~ ') + 11') }}
        else {{ last_day_of_month(number) }}
    end
{%- endmacro %}
