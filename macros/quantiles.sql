{#- A quantile as an aggregate over rows that carry their position (1 is the lowest) and their count, by the place that
    it has among them. Only the two neighbours of the place have a weight above nought, so the quantile may come from a
    seed row, and the arithmetic is exact in decimals (rules 3, estimator). -#}
{% macro quantile_at(value, position, place, weight_type) -%}
    sum(
        cast({{ value }} as decimal(24, 10))
        * cast(
            greatest(0, 1 - abs({{ position }} - ({{ place }})))
            as {{ weight_type }}
        )
    )
{%- endmacro %}

{#- Where a quantile (type 7) lies among the sorted values, 1 being the lowest: in proportion between the two whole
    places beside it. -#}
{% macro place_of_type_7(counted, quantile) -%}
    (1 + ({{ counted }} - 1) * {{ quantile }})
{%- endmacro %}

{#- Linear-interpolated quantile (type 7). -#}
{% macro quantile_type_7(value, position, counted, quantile) -%}
    {{ quantile_at(value, position, place_of_type_7(counted, quantile), 'decimal(8, 4)') }}
{%- endmacro %}

{#- The place of a quantile by an estimator that is a row (seeds/framework/quantile_estimators.csv), fixed to ten
    decimals, so that the weights of its two neighbours are exact and add up to one. Each step is fixed: of a sum of
    wide decimals the engine would keep fewer. -#}
{% macro quantile_place(counted, quantile, count_offset, position_offset, is_rounded_up) -%}
    {%- set multiplied = 'cast(' ~ counted ~ ' + ' ~ count_offset ~ ' as decimal(18, 10)) * ' ~ quantile -%}
    {%- set place = 'cast(' ~ multiplied ~ ' + ' ~ position_offset ~ ' as decimal(18, 10))' -%}
    cast(
        greatest(
            1,
            least(
                {{ counted }},
                case when {{ is_rounded_up }} then cast(ceil({{ place }}) as decimal(18, 10)) else {{ place }} end
            )
        )
        as decimal(18, 10)
    )
{%- endmacro %}
