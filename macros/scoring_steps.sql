{#- Rules 1: a score from the place in a ranked part; one organisation alone takes its best end. -#}
{% macro ranked_score(low, high, place, counted) -%}
    case
        when {{ counted }} = 1 then {{ exact_score(low) }}
        else {{ exact_score(low ~ ' + (' ~ high ~ ' - ' ~ low ~ ') * (' ~ place ~ ' - 1) / (' ~ counted ~ ' - 1)') }}
    end
{%- endmacro %}

{#- Rules 3: whether a score lies beyond a cut point; one that stands exactly on it is inside where the method says so. -#}
{% macro is_beyond_cut_point(score, cut_point, is_cut_point_inside) -%}
    {{ score }} > {{ cut_point }}
        or ({{ score }} = {{ cut_point }} and not {{ is_cut_point_inside }})
{%- endmacro %}
