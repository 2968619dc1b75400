{#- Published text carries non-breaking spaces, also at its ends (rules 5). -#}
{% macro clean_text(expression) -%}
    trim(replace({{ expression }}, chr(160), ' '))
{%- endmacro %}

{#- A number, or null where the text is none: what may stand in a number column is decided when a file lands. -#}
{% macro to_number(expression, type='decimal(28, 10)') -%}
    {{ read_number(expression, type) }}
{%- endmacro %}
