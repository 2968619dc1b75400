{#- Whether a score was not made here but taken over from NHS England: that of the quarter itself or, in a forecast,
    that of the quarter before. -#}
{% macro is_adopted(score_basis) -%}
    {{ score_basis }} in ('published', 'carried_forward')
{%- endmacro %}
