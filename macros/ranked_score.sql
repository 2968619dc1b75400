{#- The score of a place in a ranked part (rules 1); one organisation alone takes the best end. -#}
{% macro ranked_score(low, high, place, counted) -%}
    case
        when {{ counted }} = 1 then {{ exact_score(low) }}
        else {{ score_at_step(low, high, '(' ~ place ~ ' - 1)', '(' ~ counted ~ ' - 1)') }}
    end
{%- endmacro %}

{#- So many of so many equal steps from one score to another. -#}
{% macro score_at_step(low, high, step, steps) -%}
    {{ double_as_decimal(
        as_double(low) ~ ' + ' ~ as_double('(' ~ high ~ ' - ' ~ low ~ ') * ' ~ step) ~ ' / ' ~ as_double(steps), 18, 15
    ) }}
{%- endmacro %}

{#- How many of so many equal steps from one score to another a score lies away from the first. -#}
{% macro steps_to_score(score, low, high, steps) -%}
    {%- set away = 'cast(' ~ score ~ ' - ' ~ low ~ ' as decimal(18, 10)) * cast(' ~ steps ~ ' as decimal(9, 0))' -%}
    {{ double_as_decimal(as_double(away) ~ ' / ' ~ as_double(high ~ ' - ' ~ low), 18, 10) }}
{%- endmacro %}

{#- A score as it enters averages (rules 1, the Q1 exception). -#}
{% macro averaged_score(score, is_rounded) -%}
    case when {{ is_rounded }} then {{ exact_score(round_half_up(score)) }} else {{ score }} end
{%- endmacro %}
