{#- No change of a score is larger: scores lie between 1 and 4. -#}
{%- set most = 3 -%}
with units as (
    select * from {{ ref('resampling_units') }}
    where resampled = 'score_change'
),

patterns as (
    select * from {{ ref('resampling_patterns') }}
),

series as (
    select
        series_number,
        framework_id,
        quarter_id,
        trust_code,
        resampled,
        unit_count,
        draw_count,
        pattern_count,
        random_seed,
        pattern_stride,
        pattern_offset
    from units
    group by
        series_number,
        framework_id,
        quarter_id,
        trust_code,
        resampled,
        unit_count,
        draw_count,
        pattern_count,
        random_seed,
        pattern_stride,
        pattern_offset
),

{{ drawn_totals('series', 'units', 'patterns') }},

-- The largest change is added before and taken away after: whole numbers that are not negative divide alike everywhere.
drawn_means as (
    select
        drawn_totals.series_number,
        drawn_totals.drawn_total,
        {{ mean_in_hundredths(
            'drawn_totals.drawn_total + ' ~ most ~ ' * series.unit_count * ' ~ resampling_scale(), 'series.unit_count'
        ) }} - {{ 100 * most }} as change_hundredths
    from drawn_totals
    inner join series
        on drawn_totals.series_number = series.series_number
),

final as (
    select
        drawn_means.series_number,
        series.framework_id,
        series.quarter_id,
        series.trust_code,
        series.resampled,
        series.unit_count,
        series.draw_count,
        drawn_means.change_hundredths,
        count(*) as draws_counted,
        cast(sum(case when drawn_means.drawn_total > 0 then 1 else 0 end) as bigint) as draws_worse,
        cast(sum(case when drawn_means.drawn_total < 0 then 1 else 0 end) as bigint) as draws_better
    from drawn_means
    inner join series
        on drawn_means.series_number = series.series_number
    group by
        drawn_means.series_number,
        series.framework_id,
        series.quarter_id,
        series.trust_code,
        series.resampled,
        series.unit_count,
        series.draw_count,
        drawn_means.change_hundredths
)

select * from final
