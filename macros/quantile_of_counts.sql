{#- Type 7 quantiles (rules 3, estimator) of values that are counted, not listed. `counted` has one row per series
    (`keys`) and `value`, with its `count`; `wanted` has one row per series, told by `wanted_keys`, and `range_end`, with the
    `quantile` asked for. The place 1 + (n - 1) p lies between two whole places; the value at a place is the first whose
    running count reaches it. Gives the CTE `quantiles_of_counts`: one row per series and `range_end`. -#}
{% macro quantiles_of_counts(counted, keys, value, count, wanted, wanted_keys) -%}
    running_counts as (
        select
            {{ keys | join(', ') }},
            {{ value }} as counted_value,
            cast(sum({{ count }}) over (
                partition by {{ keys | join(', ') }}
                order by {{ value }}
                rows between unbounded preceding and current row
            ) as bigint) as running_count
        from {{ counted }}
    ),

    total_counts as (
        select {{ keys | join(', ') }}, cast(sum({{ count }}) as bigint) as total_count
        from {{ counted }}
        group by {{ keys | join(', ') }}
    ),

    -- Once for a series: decimals are dear where there is a row for every value.
    counted_places as (
        select
            {{ prefixed(keys, 'total_counts') }},
            {{ wanted }}.range_end,
            cast(floor(1 + (total_counts.total_count - 1) * {{ wanted }}.quantile) as bigint) as whole_place,
            cast(
                1 + (total_counts.total_count - 1) * {{ wanted }}.quantile
                - floor(1 + (total_counts.total_count - 1) * {{ wanted }}.quantile) as decimal(8, 4)
            ) as part_of_place
        from total_counts
        inner join {{ wanted }}
            on {{ same_keys(wanted_keys, 'total_counts', wanted) }}
    ),

    values_at_places as (
        select
            {{ prefixed(keys, 'counted_places') }},
            counted_places.range_end,
            counted_places.part_of_place,
            min(
                case when running_counts.running_count >= counted_places.whole_place then running_counts.counted_value end
            ) as first_value,
            min(
                case when running_counts.running_count > counted_places.whole_place then running_counts.counted_value end
            ) as second_value
        from counted_places
        inner join running_counts
            on {{ same_keys(keys, 'counted_places', 'running_counts') }}
        group by {{ prefixed(keys, 'counted_places') }}, counted_places.range_end, counted_places.part_of_place
    ),

    quantiles_of_counts as (
        select
            {{ keys | join(', ') }},
            range_end,
            cast(
                -- Behind the last place there is none, and nothing of it is asked for.
                (1 - part_of_place) * first_value + part_of_place * coalesce(second_value, 0) as decimal(24, 10)
            ) as quantile_value
        from values_at_places
    )
{%- endmacro %}

{% macro prefixed(names, relation) -%}
    {%- for name in names -%} {{ relation }}.{{ name }}{{ ', ' if not loop.last }} {%- endfor -%}
{%- endmacro %}

{% macro same_keys(keys, one, other) -%}
    {%- for key in keys -%} {{ one }}.{{ key }} = {{ other }}.{{ key }}{{ ' and ' if not loop.last }} {%- endfor -%}
{%- endmacro %}
