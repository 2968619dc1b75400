{#- The score of a place in a ranked part (rules 1); one organisation alone takes the best end. -#}
{% macro ranked_score(low, high, place, counted) -%}
    case
        when {{ counted }} = 1 then {{ exact_score(low) }}
        else {{ exact_score(
            low ~ ' + (' ~ high ~ ' - ' ~ low ~ ') * (' ~ place ~ ' - 1) / (' ~ counted ~ ' - 1)'
        ) }}
    end
{%- endmacro %}

{#- A score as it enters averages (rules 1, the Q1 exception). -#}
{% macro averaged_score(score, is_rounded) -%}
    case when {{ is_rounded }} then {{ exact_score(round_half_up(score)) }} else {{ score }} end
{%- endmacro %}
