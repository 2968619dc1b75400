{#- Rules 3 and 7, once for every place that asks what an unadjusted segment becomes: no better than the floor where the
    override is set, the same where it is not; unknown where the flag is and could change it. Then the steps of the
    system adjustment, which cannot go past the worst segment; an unknown segment stays unknown (a bare least() would
    pass over the null). -#}
{% macro overridden_segment(segment, has_override, floor) -%}
    case
        when {{ segment }} is null then null
        when {{ has_override }} then greatest({{ segment }}, {{ floor }})
        when not {{ has_override }} then {{ segment }}
        when {{ segment }} >= {{ floor }} then {{ segment }}
    end
{%- endmacro %}

{% macro stepped_segment(segment, steps, worst) -%}
    case
        when {{ segment }} is null then null
        when {{ steps }} = 0 then {{ segment }}
        else greatest({{ segment }}, least({{ segment }} + {{ steps }}, {{ worst }}))
    end
{%- endmacro %}
