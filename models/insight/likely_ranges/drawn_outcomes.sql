with series as (
    select * from {{ ref('resampled_series') }}
),

units as (
    select * from {{ ref('resampling_units') }}
    where resampled <> 'score_change'
),

patterns as (
    select * from {{ ref('resampling_patterns') }}
),

places as (
    select * from {{ ref('drawn_places') }}
    where adjusted_segment is not null
),

{{ drawn_totals('series', 'units', 'patterns') }},

-- Rules 1 and 4: the drawn mean, half-up to hundredths, in whole numbers. One number says which trusts are ranked with
-- each other in which draw: a window over one whole number is much quicker than over two columns. Twelve million rows
-- are sorted: what is small is kept small.
drawn_scores as {{ materialized() }} (
    select
        cast(drawn_totals.series_number as integer) as series_number,
        series.resampled,
        series.rank_group_number * {{ resampling_draw_limit() }} + drawn_totals.draw_number as ranked_together,
        cast({{ mean_in_hundredths('drawn_totals.drawn_total', 'series.unit_count') }} as integer) as score_hundredths
    from drawn_totals
    inner join series
        on drawn_totals.series_number = series.series_number
),

-- Rules 4: the average is ranked as in the league table, by segment and then by score; a domain by its score alone.
ordered as (
    select
        drawn_scores.series_number,
        drawn_scores.ranked_together,
        cast(places.adjusted_segment * {{ score_hundredths_limit() }} + drawn_scores.score_hundredths as integer)
            as order_key
    from drawn_scores
    inner join places
        on
            drawn_scores.series_number = places.series_number
            and drawn_scores.score_hundredths = places.score_hundredths
    where drawn_scores.resampled = 'average_metric_score' and drawn_scores.ranked_together is not null
    union all
    select
        series_number,
        ranked_together,
        score_hundredths as order_key
    from drawn_scores
    where resampled <> 'average_metric_score' and ranked_together is not null
),

ranked as (
    select
        series_number,
        rank() over (partition by ranked_together order by order_key) as drawn_rank
    from ordered
),

final as (
    select
        cast(series_number as bigint) as series_number,
        'score_hundredths' as outcome_kind,
        cast(score_hundredths as bigint) as outcome,
        count(*) as draws_counted
    from drawn_scores
    group by series_number, score_hundredths
    union all
    select
        cast(series_number as bigint) as series_number,
        'rank' as outcome_kind,
        cast(drawn_rank as bigint) as outcome,
        count(*) as draws_counted
    from ranked
    group by series_number, drawn_rank
)

select * from final
