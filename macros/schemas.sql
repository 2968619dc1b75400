{#- A model's schema is the room it is in, without a prefix: readers see `publication.fct_metric`. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ adapter.dispatch('schema_of_room', 'nof')((custom_schema_name or target.schema) | trim) }}
{%- endmacro %}

{% macro default__schema_of_room(room) -%} {{ room }} {%- endmacro %}

{#- SAMPLE is a word of the language there, and dbt quotes no name. -#}
{% macro snowflake__schema_of_room(room) -%} {{ 'sample_seeds' if room == 'sample' else room }} {%- endmacro %}
