{#- Drawing scores again (rules 4, likely ranges): the same draws on every machine, with whatever number of threads.

    A pattern says how often each of k units is drawn when k are drawn from k with replacement. Patterns are made once for
    each k, from a counter, in whole numbers. A trust takes pattern (draw x stride + offset) modulo their number, a prime,
    so it meets each pattern once at most; stride and offset come from its code, and no two codes have both the same. -#}

{#- Ten decimals as a whole number. -#}
{% macro resampling_scale() -%} 10000000000 {%- endmacro %}

{#- More than anybody draws: what a group's number is multiplied by to make room for the number of the draw. -#}
{% macro resampling_draw_limit() -%} 1000000 {%- endmacro %}

{#- More than the units of anybody: what makes room for the number of a pick, or of units, in a counter. -#}
{% macro resampling_unit_limit() -%} 64 {%- endmacro %}

{#- More than any score in hundredths: what makes room for a score beside a segment. -#}
{% macro score_hundredths_limit() -%} 1000 {%- endmacro %}

{#- Rules 1: the mean of drawn units, half-up to hundredths, in whole numbers; of a total that is not negative. -#}
{% macro mean_in_hundredths(total, unit_count) -%}
    {{ whole_division(
        '2 * 100 * (' ~ total ~ ') + ' ~ unit_count ~ ' * ' ~ resampling_scale(),
        '2 * ' ~ unit_count ~ ' * ' ~ resampling_scale()
    ) }}
{%- endmacro %}

{#- A relation that is read twice is made once, where an engine can be told so. -#}
{% macro materialized() -%} {{ adapter.dispatch('materialized', 'nof')() }} {%- endmacro %}
{% macro default__materialized() -%} {%- endmacro %}
{% macro duckdb__materialized() -%} materialized {%- endmacro %}

{#- The prime below two to the power of 31 in which random numbers are made: a square still fits a bigint. -#}
{% macro resampling_prime() -%} 2147483647 {%- endmacro %}

{#- Up to five letters and digits as one number, each code another. -#}
{% macro code_number(code) -%}
    {%- set places = [] -%}
    {%- for place in range(5) -%}
        {%- set sign = "coalesce(nullif(substr(" ~ code ~ ", " ~ (place + 1) ~ ", 1), ''), ' ')" -%}
        {%- do places.append(
            (37 ** place) ~ " * cast(strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', " ~ sign ~ ") as bigint)"
        ) -%}
    {%- endfor -%}
    ({{ places | join(' + ') }})
{%- endmacro %}

{% macro trust_stride(code, pattern_count) -%}
    1 + mod({{ code_number(code) }}, {{ pattern_count }} - 1)
{%- endmacro %}

{% macro trust_offset(code, pattern_count) -%}
    mod({{ code_number(code) }}, {{ pattern_count }})
{%- endmacro %}

{#- One round of mixing: the fifth power modulo the prime takes every number to another. Adds columns step by step,
    because the product of three would not fit a bigint. -#}
{% macro mixed(relation, column, keys, name) -%}
    {{ name }}_square as (
        select {{ keys }}, {{ column }}, mod({{ column }} * {{ column }}, {{ resampling_prime() }}) as square
        from {{ relation }}
    ),

    {{ name }}_fourth as (
        select {{ keys }}, {{ column }}, mod(square * square, {{ resampling_prime() }}) as fourth
        from {{ name }}_square
    ),

    {{ name }} as (
        select {{ keys }}, mod(fourth * {{ column }}, {{ resampling_prime() }}) as {{ column }}
        from {{ name }}_fourth
    )
{%- endmacro %}

{#- The total of the drawn units for every series and draw, as the CTE `drawn_totals`. Reads `series` (one row per trust
    and score), `units` (one row per unit of a series) and `patterns` (one row per unit of a pattern). Every pattern is
    somebody's draw: the number of the draw is worked out from the pattern, so that one join finds all of them. -#}
{% macro drawn_totals(series, units, patterns) -%}
    {{ adapter.dispatch('drawn_totals', 'nof')(series, units, patterns) }}
{%- endmacro %}

{% macro draw_number(series, patterns) -%}
    mod(
        {{ patterns }}.pattern_number * {{ series }}.pattern_stride + {{ series }}.pattern_offset,
        {{ series }}.pattern_count
    )
{%- endmacro %}

{% macro default__drawn_totals(series, units, patterns) -%}
    drawn_totals as (
        select
            {{ series }}.series_number,
            {{ draw_number(series, patterns) }} as draw_number,
            cast(sum({{ units }}.scaled_score * {{ patterns }}.times_drawn) as bigint) as drawn_total
        from {{ series }}
        inner join {{ units }}
            on {{ series }}.series_number = {{ units }}.series_number
        inner join {{ patterns }}
            on
                {{ series }}.random_seed = {{ patterns }}.random_seed
                and {{ series }}.pattern_count = {{ patterns }}.pattern_count
                and {{ series }}.unit_count = {{ patterns }}.unit_count
                and {{ units }}.unit_number = {{ patterns }}.unit_number
        where {{ draw_number(series, patterns) }} < {{ series }}.draw_count
        group by {{ series }}.series_number, {{ draw_number(series, patterns) }}
    )
{%- endmacro %}

{#- The units of a trust and the counts of a pattern as two vectors: whole numbers below two to the power of 53 are
    exact in doubles, in whatever order they are added. -#}
{% macro duckdb__drawn_totals(series, units, patterns) -%}
    unit_vectors as (
        select series_number, list(cast(scaled_score as double) order by unit_number) as unit_scores
        from {{ units }}
        group by series_number
    ),

    pattern_vectors as (
        select
            {{ patterns }}.random_seed, {{ patterns }}.pattern_count, {{ patterns }}.unit_count,
            {{ patterns }}.pattern_number,
            list(cast({{ patterns }}.times_drawn as double) order by {{ patterns }}.unit_number) as unit_times
        from {{ patterns }}
        inner join (select distinct random_seed, pattern_count, unit_count from {{ series }}) as sizes
            on
                {{ patterns }}.random_seed = sizes.random_seed
                and {{ patterns }}.pattern_count = sizes.pattern_count
                and {{ patterns }}.unit_count = sizes.unit_count
        group by
            {{ patterns }}.random_seed, {{ patterns }}.pattern_count, {{ patterns }}.unit_count,
            {{ patterns }}.pattern_number
    ),

    drawn_patterns as (
        select
            {{ series }}.series_number,
            {{ draw_number(series, 'pattern_vectors') }} as draw_number,
            {{ series }}.draw_count,
            unit_vectors.unit_scores,
            pattern_vectors.unit_times
        from {{ series }}
        inner join unit_vectors
            on {{ series }}.series_number = unit_vectors.series_number
        inner join pattern_vectors
            on
                {{ series }}.random_seed = pattern_vectors.random_seed
                and {{ series }}.pattern_count = pattern_vectors.pattern_count
                and {{ series }}.unit_count = pattern_vectors.unit_count
    ),

    drawn_totals as (
        select
            series_number,
            draw_number,
            cast(list_dot_product(unit_scores, unit_times) as bigint) as drawn_total
        from drawn_patterns
        where draw_number < draw_count
    )
{%- endmacro %}

{#- Rules 4: an equal share of the draws is left out at both ends. Gives the CTE `range_ends`: a row for each. -#}
{% macro range_ends(resampling) -%}
    range_ends as (
        select framework_id, resampled, 'low' as range_end, cast((1 - covered_share) / 2 as decimal(8, 4)) as quantile
        from {{ resampling }}
        union all
        select framework_id, resampled, 'high' as range_end, cast((1 + covered_share) / 2 as decimal(8, 4)) as quantile
        from {{ resampling }}
    )
{%- endmacro %}
