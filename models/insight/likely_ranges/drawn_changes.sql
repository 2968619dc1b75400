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

-- Half-up to hundredths; three is added before and taken away after, because no change is below -3 and whole numbers
-- that are not negative divide alike everywhere.
drawn_means as (
    select
        drawn_totals.series_number,
        drawn_totals.drawn_total,
        {{ whole_division(
            '2 * 100 * (drawn_totals.drawn_total + 3 * series.unit_count * ' ~ resampling_scale()
            ~ ') + series.unit_count * ' ~ resampling_scale(),
            '2 * series.unit_count * ' ~ resampling_scale(),
        ) }} - 300 as change_hundredths
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
