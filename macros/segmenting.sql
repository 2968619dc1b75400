{#- Rules 3: on which side of a cut point a score falls. Whether one that lies on it is inside is a row of the
    method. -#}
{% macro is_beyond_cut_point(score, cut_point, is_cut_point_inside) -%}
    {{ score }} > {{ cut_point }}
    or ({{ score }} = {{ cut_point }} and not {{ is_cut_point_inside }})
{%- endmacro %}

{#- A score is in the segment after the last boundary that it lies beyond: an aggregate over its boundaries. -#}
{% macro segment_after(is_beyond) -%}
    cast(1 + sum(case when {{ is_beyond }} then 1 else 0 end) as bigint)
{%- endmacro %}

{#- Rules 4: within trust type by adjusted segment, then by the average; ties share the best rank. -#}
{% macro league_rank(grain, segment, score) -%}
    cast(rank() over (
        partition by {{ grain | join(', ') }}
        order by {{ segment }}, {{ score }}
    ) as bigint)
{%- endmacro %}
