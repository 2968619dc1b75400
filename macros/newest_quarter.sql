{#- The newest quarter of the run. What is asked of a trust as it stands is asked of that quarter; an earlier one has
    been the newest of its own release, and is again with `nof run --quarter`. -#}
{% macro newest_quarter() -%}
    (select max(run_scope.quarter_id) from {{ ref('run_scope') }} as run_scope)
{%- endmacro %}
