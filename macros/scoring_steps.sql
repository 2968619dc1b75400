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

{#- Rules 3: greatest(unadjusted, floor) where the flag is set. Where it is unknown the segment is known only if the flag
    could not change it. -#}
{% macro overridden_segment(segment, has_override, floor) -%}
    case
        when {{ segment }} is null then null
        when {{ has_override }} then greatest({{ segment }}, {{ floor }})
        when not {{ has_override }} then {{ segment }}
        when {{ segment }} >= {{ floor }} then {{ segment }}
    end
{%- endmacro %}

{#- Rules 7, the consultation draft: challenged areas of a system come after the deficit and cannot go past the worst
    segment; an unknown segment stays unknown (a bare least() would pass over the null). -#}
{% macro segment_after_steps(segment, steps, worst_segment) -%}
    case
        when {{ segment }} is null then null
        when {{ steps }} = 0 then {{ segment }}
        else greatest({{ segment }}, least({{ segment }} + {{ steps }}, {{ worst_segment }}))
    end
{%- endmacro %}
