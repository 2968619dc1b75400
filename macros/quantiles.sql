{#- Linear-interpolated quantile (type 7) as an aggregate over rows that carry their position (1 is the lowest)
    and their count. Only the two neighbours of the place 1 + (n - 1) p have a weight above nought, so the
    quantile may come from a seed row, and the arithmetic is exact in decimals (rules 3, estimator). -#}
{% macro quantile_type_7(value, position, counted, quantile) -%}
    sum(
        cast({{ value }} as decimal(24, 10))
        * cast(
            greatest(0, 1 - abs({{ position }} - (1 + ({{ counted }} - 1) * {{ quantile }})))
            as decimal(8, 4)
        )
    )
{%- endmacro %}
