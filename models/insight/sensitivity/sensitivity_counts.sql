with sensitivity as (
    select
        framework_id,
        quarter_id,
        case_id,
        case_kind,
        trust_type_id,
        case_status,
        cut_treatment,
        segment_change,
        rank_change,
        -- A published figure is evidence about a case only where the case gives one to compare.
        case when unadjusted_segment is not null then published_unadjusted_segment end as published_segment,
        unadjusted_segment = published_unadjusted_segment as is_published_segment,
        case when league_rank is not null then published_league_rank end as published_rank,
        league_rank = published_league_rank as is_published_rank
    from {{ ref('sensitivity') }}
),

-- Each trust type, and all of them together.
grouped as (
    select
        framework_id, quarter_id, case_id, case_kind, trust_type_id as trust_group_id,
        case_status, cut_treatment, segment_change, rank_change,
        published_segment, is_published_segment, published_rank, is_published_rank
    from sensitivity
    union all
    select
        framework_id, quarter_id, case_id, case_kind, 'all' as trust_group_id,
        case_status, cut_treatment, segment_change, rank_change,
        published_segment, is_published_segment, published_rank, is_published_rank
    from sensitivity
),

final as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_group_id,
        case_kind,
        count(*) as trust_count,
        count(segment_change) as compared_count,
        cast(sum(case when case_status = 'not_computable' then 1 else 0 end) as bigint) as not_computable_count,
        cast(sum(case when segment_change is not null and cut_treatment = 'kept' then 1 else 0 end) as bigint)
            as kept_count,
        cast(sum(case when segment_change < 0 then 1 else 0 end) as bigint) as better_segment_count,
        cast(sum(case when segment_change > 0 then 1 else 0 end) as bigint) as worse_segment_count,
        cast(sum(case when segment_change <> 0 then 1 else 0 end) as bigint) as changed_segment_count,
        cast(sum(case when rank_change <> 0 then 1 else 0 end) as bigint) as changed_rank_count,
        max(abs(rank_change)) as largest_rank_change,
        count(published_segment) as published_segment_count,
        cast(sum(case when is_published_segment then 1 else 0 end) as bigint) as agreed_segment_count,
        count(published_rank) as published_rank_count,
        cast(sum(case when is_published_rank then 1 else 0 end) as bigint) as agreed_rank_count
    from grouped
    group by framework_id, quarter_id, case_id, case_kind, trust_group_id
)

select * from final
