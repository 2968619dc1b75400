with sensitivity as (
    select * from {{ ref('sensitivity') }}
),

-- Over the cases in which something is changed and the trust has a segment to compare.
judged as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        scored_adjusted_segment,
        scored_league_rank,
        adjusted_segment,
        league_rank,
        cut_treatment,
        case_kind <> 'base' as is_change,
        case when case_kind <> 'base' then segment_change end as segment_change
    from sensitivity
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        max(scored_adjusted_segment) as adjusted_segment,
        max(scored_league_rank) as league_rank,
        cast(sum(case when is_change then 1 else 0 end) as bigint) as case_count,
        count(segment_change) as compared_case_count,
        cast(sum(case when segment_change is not null and cut_treatment = 'kept' then 1 else 0 end) as bigint)
            as kept_case_count,
        cast(sum(case when segment_change = 0 then 1 else 0 end) as bigint) as same_segment_case_count,
        min(adjusted_segment) as best_segment,
        max(adjusted_segment) as worst_segment,
        min(league_rank) as best_rank,
        max(league_rank) as worst_rank
    from judged
    group by framework_id, quarter_id, trust_code, trust_type_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        adjusted_segment,
        league_rank,
        case_count,
        compared_case_count,
        kept_case_count,
        same_segment_case_count,
        case
            when compared_case_count > 0
                then cast(cast(same_segment_case_count as decimal(18, 6)) / compared_case_count as decimal(9, 6))
        end as stable_share,
        best_segment,
        worst_segment,
        best_rank,
        worst_rank
    from counted
)

select * from final
