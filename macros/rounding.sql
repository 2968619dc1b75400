{#- Half-up on the exact fraction: fixed to ten decimals first, because a plain round of a double gets some of
    the published half cents wrong (rules 1). -#}
{% macro round_half_up(expression, places=var('score_places')) -%}
    round(cast({{ expression }} as decimal(28, 10)), {{ places }})
{%- endmacro %}

{#- An unrounded score. Fifteen decimals hold a double whole and add up to the same sum in any order. -#}
{% macro exact_score(expression) -%}
    cast({{ expression }} as decimal(18, 15))
{%- endmacro %}

{#- The mean of unrounded scores, as an aggregate. -#}
{% macro mean_score(score) -%}
    {{ double_as_decimal(decimal_as_double('sum(' ~ score ~ ')', 15) ~ ' / ' ~ as_double('count(*)'), 18, 15) }}
{%- endmacro %}

{#- The same to as many places as a column says: 0 to 9; more is as it stands, to ten. An engine may want the number of
    places to be a constant. -#}
{% macro round_half_up_to(expression, places) -%}
    {%- set roundings = [] -%}
    {%- for number in range(10) -%}
        {%- do roundings.append(
            'when ' ~ number ~ ' then cast(' ~ round_half_up(expression, number) ~ ' as decimal(28, 10))'
        ) -%}
    {%- endfor -%}
    case {{ places }} {{ roundings | join(' ') }} else cast({{ expression }} as decimal(28, 10)) end
{%- endmacro %}
