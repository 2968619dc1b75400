{#- A column of a publication model that stays empty where a flag says that it may not leave the build. -#}
{% macro shown_unless(flag, column) -%}
    case when not coalesce({{ flag }}, false) then {{ column }} end
{%- endmacro %}
