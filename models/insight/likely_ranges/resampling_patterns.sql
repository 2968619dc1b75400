{%- set room = resampling_unit_limit() -%}
with resampling_units as (
    select * from {{ ref('resampling_units') }}
),

sizes as (
    select distinct
        random_seed,
        pattern_count,
        unit_count
    from resampling_units
),

numbers as (
    {{ whole_numbers(5) }}
),

picks as (
    {{ whole_numbers(2) }}
),

-- A counter of its own for every pick: so many patterns, at most so many picks in each, of at most so many units.
counted as (
    select
        sizes.random_seed,
        sizes.pattern_count,
        sizes.unit_count,
        patterns.whole_number as pattern_number,
        picks.whole_number as pick_number,
        mod(
            sizes.random_seed
            + (patterns.whole_number * {{ room }} + picks.whole_number) * {{ room }}
            + sizes.unit_count,
            {{ resampling_prime() }}
        ) as counter
    from sizes
    inner join numbers as patterns
        on sizes.pattern_count > patterns.whole_number
    inner join picks
        on sizes.unit_count > picks.whole_number
),

{{ mixed('counted', 'counter', 'random_seed, pattern_count, unit_count, pattern_number, pick_number', 'once') }},

-- Without a number in between the two rounds would be one power of the counter.
shifted as (
    select
        random_seed,
        pattern_count,
        unit_count,
        pattern_number,
        pick_number,
        mod(counter + random_seed, {{ resampling_prime() }}) as counter
    from once
),

{{ mixed('shifted', 'counter', 'random_seed, pattern_count, unit_count, pattern_number, pick_number', 'twice') }},

picked as (
    select
        random_seed,
        pattern_count,
        unit_count,
        pattern_number,
        1 + {{ whole_division('counter * unit_count', resampling_prime()) }} as unit_number,
        count(*) as times_drawn
    from twice
    group by random_seed, pattern_count, unit_count, pattern_number, unit_number
),

final as (
    select
        sizes.random_seed,
        sizes.pattern_count,
        sizes.unit_count,
        patterns.whole_number as pattern_number,
        units.whole_number + 1 as unit_number,
        coalesce(picked.times_drawn, 0) as times_drawn
    from sizes
    inner join numbers as patterns
        on sizes.pattern_count > patterns.whole_number
    inner join picks as units
        on sizes.unit_count > units.whole_number
    left join picked
        on
            sizes.random_seed = picked.random_seed
            and sizes.pattern_count = picked.pattern_count
            and sizes.unit_count = picked.unit_count
            and patterns.whole_number = picked.pattern_number
            and units.whole_number + 1 = picked.unit_number
)

select * from final
