{#- Where a quantile (type 7) lies among the sorted scores, 1 being the lowest: between the scores at the whole places
    beside it (rules 3, estimator). -#}
{% macro quantile_place(counted, quantile) -%}
    (1 + ({{ counted }} - 1) * {{ quantile }})
{%- endmacro %}
