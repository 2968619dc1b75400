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

{#- The same over values that are counted, not listed: a row holds a value once, with the `count` of those who have it.
    The last of them stands at the place that `last_place_of_counts` gives, of as many as `places_of_counts` says. Both
    run over one order, so that the engine sorts once. -#}
{% macro last_place_of_counts(count, keys, value) -%}
    cast(sum({{ count }}) over (
        partition by {{ keys | join(', ') }}
        order by {{ value }}
        rows between unbounded preceding and current row
    ) as bigint)
{%- endmacro %}

{% macro places_of_counts(count, keys, value) -%}
    cast(sum({{ count }}) over (
        partition by {{ keys | join(', ') }}
        order by {{ value }}
        rows between unbounded preceding and unbounded following
    ) as bigint)
{%- endmacro %}

{#- Whether those who have a value stand at one of the two whole places beside the place of the quantile. -#}
{% macro is_beside_place(count, last, counted, quantile) -%}
    {{ last }} >= floor({{ place_of_type_7(counted, quantile) }})
    and {{ last }} - {{ count }} <= floor({{ place_of_type_7(counted, quantile) }})
{%- endmacro %}

{#- Each of the two whole places beside the place weighs what the other is away from it. -#}
{% macro quantile_type_7_of_counts(value, count, last, counted, quantile) -%}
    {%- set place = place_of_type_7(counted, quantile) -%}
    {%- set part = place ~ ' - floor(' ~ place ~ ')' -%}
    sum(
        {{ adapter.dispatch('weighed_value', 'nof')(value) }}
        * cast(
            case
                when floor({{ place }}) between {{ last }} - {{ count }} + 1 and {{ last }} then 1 - ({{ part }})
                else 0
            end
            + case
                when floor({{ place }}) + 1 between {{ last }} - {{ count }} + 1 and {{ last }} then {{ part }}
                else 0
            end
            as decimal(8, 4)
        )
    )
{%- endmacro %}

{#- A value that a weight of four places multiplies. -#}
{% macro default__weighed_value(value) -%} cast({{ value }} as decimal(24, 10)) {%- endmacro %}

{#- A product has no more than twelve places there, unless a factor has more. -#}
{% macro snowflake__weighed_value(value) -%} cast(cast({{ value }} as decimal(24, 10)) as decimal(28, 14)) {%- endmacro %}

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
