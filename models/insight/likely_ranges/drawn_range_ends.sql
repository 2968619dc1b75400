with drawn_outcomes as (
    select * from {{ ref('drawn_outcomes') }}
),

resampled_series as (
    select * from {{ ref('resampled_series') }}
),

resampling as (
    select * from {{ ref('resampling') }}
),

-- Rules 4: an equal share of the draws is left out at both ends.
{{ range_ends('resampling') }},

wanted as (
    select
        resampled_series.series_number,
        range_ends.range_end,
        range_ends.quantile
    from resampled_series
    inner join range_ends
        on
            resampled_series.framework_id = range_ends.framework_id
            and resampled_series.resampled = range_ends.resampled
),

{{ quantiles_of_counts(
    'drawn_outcomes', ['series_number', 'outcome_kind'], 'outcome', 'draws_counted', 'wanted', ['series_number']
) }},

final as (
    select
        series_number,
        outcome_kind,
        cast({{ round_half_up("max(case range_end when 'low' then quantile_value end)", 0) }} as bigint) as range_low,
        cast({{ round_half_up("max(case range_end when 'high' then quantile_value end)", 0) }} as bigint) as range_high
    from quantiles_of_counts
    group by series_number, outcome_kind
)

select * from final
