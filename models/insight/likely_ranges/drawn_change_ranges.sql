with drawn_changes as (
    select * from {{ ref('drawn_changes') }}
),

resampling as (
    select * from {{ ref('resampling') }}
),

{{ range_ends('resampling') }},

wanted as (
    select
        drawn_changes.framework_id,
        drawn_changes.quarter_id,
        drawn_changes.trust_code,
        range_ends.range_end,
        range_ends.quantile
    from drawn_changes
    inner join range_ends
        on
            drawn_changes.framework_id = range_ends.framework_id
            and drawn_changes.resampled = range_ends.resampled
    group by
        drawn_changes.framework_id,
        drawn_changes.quarter_id,
        drawn_changes.trust_code,
        range_ends.range_end,
        range_ends.quantile
),

{{ quantiles_of_counts(
    'drawn_changes',
    ['framework_id', 'quarter_id', 'trust_code'],
    'change_hundredths',
    'draws_counted',
    'wanted',
    ['framework_id', 'quarter_id', 'trust_code'],
) }},

ends as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cast({{ round_half_up("max(case range_end when 'low' then quantile_value end) / 100") }} as decimal(6, 2))
            as change_low,
        cast({{ round_half_up("max(case range_end when 'high' then quantile_value end) / 100") }} as decimal(6, 2))
            as change_high
    from quantiles_of_counts
    group by framework_id, quarter_id, trust_code
),

draws as (
    select
        framework_id,
        quarter_id,
        trust_code,
        resampled,
        unit_count,
        draw_count,
        cast(sum(draws_worse) as bigint) as draws_worse,
        cast(sum(draws_better) as bigint) as draws_better
    from drawn_changes
    group by framework_id, quarter_id, trust_code, resampled, unit_count, draw_count
),

-- Rules 8, our method: the change is more than noise where all but the share that a likely range leaves out at one
-- end of the draws lie on one side of no change.
final as (
    select
        draws.framework_id,
        draws.quarter_id,
        draws.trust_code,
        draws.unit_count,
        draws.draw_count,
        draws.draws_better,
        draws.draws_worse,
        ends.change_low,
        ends.change_high,
        resampling.covered_share,
        greatest(draws.draws_better, draws.draws_worse)
        >= draws.draw_count * cast((1 + resampling.covered_share) / 2 as decimal(8, 4)) as is_significant
    from draws
    inner join ends
        on
            draws.framework_id = ends.framework_id
            and draws.quarter_id = ends.quarter_id
            and draws.trust_code = ends.trust_code
    inner join resampling
        on
            draws.framework_id = resampling.framework_id
            and draws.resampled = resampling.resampled
)

select * from final
