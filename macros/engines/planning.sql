{#- What an engine is told of how to go about a query; no figure depends on it. -#}

{#- PostgreSQL plans by what it knows of a table, and of one just made it knows nothing. -#}
{% macro tell_planner() -%}
    {{ adapter.dispatch('tell_planner', 'nof')() }}
{%- endmacro %}

{% macro default__tell_planner() -%} {%- endmacro %}
{% macro postgres__tell_planner() -%} analyze {{ this }} {%- endmacro %}

{#- A query of many steps is planned without the statistics of the steps before: nested loops, the choice for a handful
    of rows, would then be taken for thousands. -#}
{% macro plan_for_many_rows() -%}
    {{ adapter.dispatch('plan_for_many_rows', 'nof')() }}
{%- endmacro %}

{% macro default__plan_for_many_rows() -%} {%- endmacro %}
{% macro postgres__plan_for_many_rows() -%} set local enable_nestloop = off; set local jit = off {%- endmacro %}

{#- A step whose expressions are long and used many times over: worked out once, and not once for each use. -#}
{% macro worked_out_once() -%} {{ adapter.dispatch('worked_out_once', 'nof')() }} {%- endmacro %}
{% macro default__worked_out_once() -%} {%- endmacro %}
{% macro postgres__worked_out_once() -%} materialized {%- endmacro %}
