{#- A number as the published files write it: no trailing noughts, but one decimal at least (`1.0`, rules 5). -#}
{% macro published_number(expression, places=none) -%}
    {%- set number = expression if places is none else 'cast(' ~ expression ~ ' as decimal(18, ' ~ places ~ '))' -%}
    case
        when {{ expression }} is null then ''
        else regexp_replace(regexp_replace(cast(cast({{ number }} as decimal(28, 10)) as varchar), '0+$', ''), '\.$', '.0')
    end
{%- endmacro %}
