{#- The whole numbers from 0 up to, and without, a power of ten. -#}
{% macro whole_numbers(digits) -%}
    select
        {% for place in range(digits) -%}
        {{ '+ ' if not loop.first }}{{ 10 ** place }} * digits_{{ place }}.digit
        {% endfor -%}
        as whole_number
    from (select * from ({{ ten_digits() }}) as ten) as digits_0
    {% for place in range(1, digits) -%}
    cross join (select * from ({{ ten_digits() }}) as ten) as digits_{{ place }}
    {% endfor -%}
{%- endmacro %}

{% macro ten_digits() -%}
    {%- for digit in range(10) -%}
        select cast({{ digit }} as bigint) as digit{{ ' union all ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- Division of whole numbers that are not negative, without the remainder. -#}
{% macro whole_division(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_division', 'nof')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__whole_division(dividend, divisor) -%}
    cast((({{ dividend }}) - mod({{ dividend }}, {{ divisor }})) / ({{ divisor }}) as bigint)
{%- endmacro %}

{% macro duckdb__whole_division(dividend, divisor) -%}
    (({{ dividend }}) // ({{ divisor }}))
{%- endmacro %}
