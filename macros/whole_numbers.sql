{#- The whole numbers from 0 up to, and without, a power of ten. -#}
{% macro whole_numbers(digits) -%}
    {%- set places, tables = [], [] -%}
    {%- for place in range(digits) -%}
        {%- do places.append((10 ** place) ~ ' * digits_' ~ place ~ '.digit') -%}
        {%- do tables.append('(' ~ ten_digits() ~ ') as digits_' ~ place) -%}
    {%- endfor -%}
    select {{ places | join(' + ') }} as whole_number from {{ tables | join(' cross join ') }}
{%- endmacro %}

{% macro ten_digits() -%}
    {%- set digits = [] -%}
    {%- for digit in range(10) -%}
        {%- do digits.append('select cast(' ~ digit ~ ' as bigint) as digit') -%}
    {%- endfor -%}
    {{ digits | join(' union all ') }}
{%- endmacro %}

{#- Division of whole numbers that are not negative, without the remainder. -#}
{% macro whole_division(dividend, divisor) -%}
    {{ adapter.dispatch('whole_division', 'nof')(dividend, divisor) }}
{%- endmacro %}

{% macro default__whole_division(dividend, divisor) -%}
    cast((({{ dividend }}) - mod({{ dividend }}, {{ divisor }})) / ({{ divisor }}) as bigint)
{%- endmacro %}

{% macro duckdb__whole_division(dividend, divisor) -%}
    (({{ dividend }}) // ({{ divisor }}))
{%- endmacro %}
