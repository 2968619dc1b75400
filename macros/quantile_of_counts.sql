{#- Type 7 quantiles (rules 3, estimator) of values that are counted, not listed. `counted` has one row per series (`keys`)
    and `value`, with its `count` and the `quantile` asked for, which is one and the same on all rows of a series. The
    place 1 + (n - 1) p lies between two whole places; the value at a place is the first whose running count reaches
    it. Gives the CTE `quantiles_of_counts`: one row per series. -#}
{% macro quantiles_of_counts(counted, keys, value, count, quantile) -%}
    running_counts as (
        select
            {{ keys | join(', ') }},
            {{ value }} as counted_value,
            {{ quantile }} as quantile,
            cast(sum({{ count }}) over (
                partition by {{ keys | join(', ') }}
                order by {{ value }}
                rows between unbounded preceding and current row
            ) as bigint) as running_count,
            cast(sum({{ count }}) over (partition by {{ keys | join(', ') }}) as bigint) as total_count
        from {{ counted }}
    ),

    counted_places as (
        select
            {{ keys | join(', ') }},
            counted_value,
            running_count,
            cast(floor(1 + (total_count - 1) * quantile) as bigint) as whole_place,
            cast(1 + (total_count - 1) * quantile - floor(1 + (total_count - 1) * quantile) as decimal(8, 4))
                as part_of_place
        from running_counts
    ),

    quantiles_of_counts as (
        select
            {{ keys | join(', ') }},
            cast(
                (1 - part_of_place) * min(case when running_count >= whole_place then counted_value end)
                -- Behind the last place there is none, and nothing of it is asked for.
                + part_of_place * coalesce(min(case when running_count > whole_place then counted_value end), 0)
                as decimal(24, 10)
            ) as quantile_value
        from counted_places
        group by {{ keys | join(', ') }}, part_of_place
    )
{%- endmacro %}
