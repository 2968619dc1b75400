{#- Rules 1: a score from the place in a ranked part; one organisation alone takes its best end. -#}
{% macro ranked_score(low, high, place, counted) -%}
    case
        when {{ counted }} = 1 then {{ exact_score(low) }}
        else {{ exact_score(low ~ ' + (' ~ high ~ ' - ' ~ low ~ ') * (' ~ place ~ ' - 1) / (' ~ counted ~ ' - 1)') }}
    end
{%- endmacro %}
