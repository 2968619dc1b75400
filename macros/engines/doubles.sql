{#- Doubles and the way between them and decimals. A quotient is a double on every engine: decimal division keeps
    other places on each. The bits are the same: each engine is told to do what DuckDB does. -#}

{% macro as_double(expression) -%}
    cast({{ expression }} as {{ adapter.dispatch('double_type', 'nof')() }})
{%- endmacro %}

{% macro default__double_type() -%} double {%- endmacro %}
{% macro postgres__double_type() -%} double precision {%- endmacro %}

{#- A decimal of so many places as a double. DuckDB adds the whole part and the rest where the digits of the number do
    not fit a double (2 to the power of 53), which can be another double than the nearest one. -#}
{% macro decimal_as_double(expression, places) -%}
    {{ adapter.dispatch('decimal_as_double', 'nof')(expression, places) }}
{%- endmacro %}

{% macro duckdb__decimal_as_double(expression, places) -%} {{ as_double(expression) }} {%- endmacro %}

{% macro default__decimal_as_double(expression, places) -%}
    {%- set digits = '9007199254740992'.rjust(places + 1, '0') -%}
    {%- set most = digits[:digits | length - places] ~ '.' ~ digits[digits | length - places:] -%}
    case
        when abs({{ expression }}) <= {{ most }} then {{ as_double(expression) }}
        else {{ as_double(expression ~ ' - mod(' ~ expression ~ ', 1)') }} + {{ as_double('mod(' ~ expression ~ ', 1)') }}
    end
{%- endmacro %}

{#- A double as a decimal: times the power of ten as a double, then rounded, a half away from nought. A cast of
    PostgreSQL keeps fifteen digits of a double, and one of Spark its shortest spelling. -#}
{% macro double_as_decimal(expression, precision, places) -%}
    {{ adapter.dispatch('double_as_decimal', 'nof')(expression, precision, places) }}
{%- endmacro %}

{% macro duckdb__double_as_decimal(expression, precision, places) -%}
    cast({{ expression }} as decimal({{ precision }}, {{ places }}))
{%- endmacro %}

{% macro default__double_as_decimal(expression, precision, places) -%}
    {%- set rounded = adapter.dispatch('rounded_double', 'nof')(
        '((' ~ expression ~ ') * ' ~ as_double("'1e" ~ places ~ "'") ~ ')'
    ) -%}
    {%- if precision <= 18 -%}
        cast(cast({{ rounded }} as bigint) * {{ one_in_ten(places) }} as decimal({{ precision }}, {{ places }}))
    {%- else -%}
        {#- More than a bigint holds: in parts of two to the power of 40, each of them exact. -#}
        {%- set part = as_double('1099511627776') -%}
        {%- set high = 'cast(floor(' ~ rounded ~ ' / ' ~ part ~ ') as bigint)' -%}
        {%- set low = 'cast(' ~ rounded ~ ' - floor(' ~ rounded ~ ' / ' ~ part ~ ') * ' ~ part ~ ' as bigint)' -%}
        {%- set high_part = 'cast(' ~ high ~ ' as decimal(20, 0)) * 1099511627776' -%}
        {%- set digits = 'cast(' ~ high_part ~ ' + ' ~ low ~ ' as decimal(28, 0))' -%}
        {#- In two halves: a product of wide decimals would lose places on Spark. -#}
        {%- set rest = 'mod(' ~ digits ~ ', 100000000)' -%}
        cast(
            cast(({{ digits }} - {{ rest }}) * 0.00000001 as decimal({{ precision - places + 8 }}, 0))
            * {{ one_in_ten(places - 8) }}
            + cast({{ rest }} as decimal(8, 0)) * {{ one_in_ten(places) }}
            as decimal({{ precision }}, {{ places }})
        )
    {%- endif -%}
{%- endmacro %}

{% macro one_in_ten(places) -%} 0.{{ '0' * (places - 1) }}1 {%- endmacro %}

{% macro default__rounded_double(expression) -%} round({{ expression }}) {%- endmacro %}

{#- Here a round of doubles takes a half to the even neighbour. -#}
{% macro postgres__rounded_double(expression) -%}
    (trunc({{ expression }}) + trunc(2 * ({{ expression }} - trunc({{ expression }}))))
{%- endmacro %}
