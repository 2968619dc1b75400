{#- A model's schema is the room it is in, without a prefix: readers see `publication.fct_metric`. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
