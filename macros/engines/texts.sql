{#- Text and what is read from it. -#}

{% macro as_text(expression) -%}
    cast({{ expression }} as {{ text_type() }})
{%- endmacro %}

{% macro text_type() -%} {{ adapter.dispatch('text_type', 'nof')() }} {%- endmacro %}

{% macro default__text_type() -%} varchar {%- endmacro %}
{% macro spark__text_type() -%} string {%- endmacro %}

{% macro no_text() -%} {{ as_text('null') }} {%- endmacro %}

{#- Without as many of a character as stand at the end. -#}
{% macro without_end(expression, character) -%}
    {{ adapter.dispatch('without_end', 'nof')(expression, "'" ~ character ~ "'") }}
{%- endmacro %}

{% macro default__without_end(expression, character) -%} trim(trailing {{ character }} from {{ expression }}) {%- endmacro %}
{% macro snowflake__without_end(expression, character) -%} rtrim({{ expression }}, {{ character }}) {%- endmacro %}

{#- A decimal with all of its places. -#}
{% macro decimal_as_text(expression, precision, places) -%}
    {%- set decimal = 'cast(' ~ expression ~ ' as decimal(' ~ precision ~ ', ' ~ places ~ '))' -%}
    {{ adapter.dispatch('decimal_as_text', 'nof')(decimal, places) }}
{%- endmacro %}

{% macro default__decimal_as_text(decimal, places) -%} cast({{ decimal }} as varchar) {%- endmacro %}

{#- Spark writes small decimals with an exponent. -#}
{% macro spark__decimal_as_text(decimal, places) -%}
    replace(format_number({{ decimal }}, {{ places }}), ',', '')
{%- endmacro %}

{#- A number, or null where the text is none. -#}
{% macro read_number(expression, type) -%}
    {{ adapter.dispatch('read_number', 'nof')(expression, type) }}
{%- endmacro %}

{% macro default__read_number(expression, type) -%} try_cast({{ expression }} as {{ type }}) {%- endmacro %}

{#- A text with more digits than any type here holds is no number; one that a decimal holds and the type does not is
    an error, as it is a figure that nobody meant. -#}
{% macro postgres__read_number(expression, type) -%}
    case
        when {{ expression }} ~ '^\s*[+-]?([0-9]{1,18}([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,2})?\s*$'
            then cast(cast({{ expression }} as numeric) as {{ type }})
    end
{%- endmacro %}

{#- A whole number is read by way of a decimal: Spark takes a text with a point for no whole number. -#}
{% macro spark__read_number(expression, type) -%}
    {%- if type.startswith('decimal') -%}
        try_cast({{ expression }} as {{ type }})
    {%- else -%}
        cast(round(try_cast({{ expression }} as decimal(28, 10)), 0) as {{ type }})
    {%- endif -%}
{%- endmacro %}
