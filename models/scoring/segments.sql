with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

financial_overrides as (
    select * from {{ ref('financial_overrides') }}
),

programme_memberships as (
    select * from {{ ref('programme_memberships') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

unadjusted as (
    select
        score_segments.framework_id,
        score_segments.quarter_id,
        score_segments.trust_code,
        score_segments.segment,
        score_segments.segment_low,
        score_segments.segment_high,
        score_segments.cut_point_basis,
        score_segments.segment_basis,
        score_segments.score_rank
    from score_segments
    inner join summary_measures
        on
            score_segments.framework_id = summary_measures.framework_id
            and score_segments.score_id = summary_measures.measure_id
),

gathered as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        delivery_scores.trust_type_id,
        delivery_scores.delivery_status,
        delivery_scores.average_metric_score,
        unadjusted.score_rank as average_score_rank,
        unadjusted.segment as unadjusted_segment,
        unadjusted.segment_low,
        unadjusted.segment_high,
        unadjusted.cut_point_basis,
        unadjusted.segment_basis,
        financial_overrides.has_financial_override,
        financial_overrides.override_basis,
        financial_overrides.override_reason,
        financial_overrides.plan_and_variance,
        financial_overrides.override_segment_floor,
        financial_overrides.override_file_id,
        financial_overrides.override_row_number,
        -- Rules 3: greatest(unadjusted, floor) where the flag is set. Where it is unknown the adjusted segment
        -- is known only if the flag could not change it.
        case
            when unadjusted.segment is null then null
            when financial_overrides.has_financial_override
                then greatest(unadjusted.segment, financial_overrides.override_segment_floor)
            when not financial_overrides.has_financial_override then unadjusted.segment
            when unadjusted.segment >= financial_overrides.override_segment_floor then unadjusted.segment
        end as adjusted_segment,
        frameworks.programme_segment,
        programme_memberships.is_in_improvement_programme,
        programme_memberships.membership_source,
        programme_memberships.measure_id as programme_measure_id,
        programme_memberships.file_id as programme_file_id,
        programme_memberships.row_number as programme_row_number,
        case
            when programme_memberships.is_in_improvement_programme is null then 'unknown'
            else 'published'
        end as final_segment_basis
    from delivery_scores
    inner join frameworks
        on delivery_scores.framework_id = frameworks.framework_id
    inner join financial_overrides
        on
            delivery_scores.framework_id = financial_overrides.framework_id
            and delivery_scores.quarter_id = financial_overrides.quarter_id
            and delivery_scores.trust_code = financial_overrides.trust_code
    left join unadjusted
        on
            delivery_scores.framework_id = unadjusted.framework_id
            and delivery_scores.quarter_id = unadjusted.quarter_id
            and delivery_scores.trust_code = unadjusted.trust_code
    left join programme_memberships
        on
            delivery_scores.framework_id = programme_memberships.framework_id
            and delivery_scores.quarter_id = programme_memberships.quarter_id
            and delivery_scores.trust_code = programme_memberships.trust_code
),

adjusted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        delivery_status,
        average_metric_score,
        average_score_rank,
        unadjusted_segment,
        segment_low,
        segment_high,
        cut_point_basis,
        segment_basis,
        has_financial_override,
        override_basis,
        override_reason,
        plan_and_variance,
        override_segment_floor,
        override_file_id,
        override_row_number,
        adjusted_segment,
        case
            when unadjusted_segment is null or final_segment_basis = 'unknown' then null
            when is_in_improvement_programme then programme_segment
            else adjusted_segment
        end as final_segment,
        final_segment_basis,
        is_in_improvement_programme,
        membership_source,
        programme_measure_id,
        programme_file_id,
        programme_row_number
    from gathered
),

-- Rules 4: within trust type by adjusted segment, then by the rounded average; ties share the best rank.
counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        adjusted_segment,
        average_metric_score,
        count(adjusted_segment) over (
            partition by framework_id, quarter_id, trust_type_id
        ) as league_trust_count,
        count(unadjusted_segment) over (
            partition by framework_id, quarter_id, trust_type_id
        ) as segmented_trust_count
    from adjusted
),

league as (
    select
        framework_id,
        quarter_id,
        trust_code,
        cast(rank() over (
            partition by framework_id, quarter_id, trust_type_id
            order by adjusted_segment, average_metric_score
        ) as bigint) as league_rank,
        league_trust_count,
        -- A trust whose override is unknown has no place, and leaves open where the others stand.
        case
            when league_trust_count = segmented_trust_count then 'computed'
            else 'computed_partial_pool'
        end as league_rank_basis
    from counted
    where adjusted_segment is not null
),

final as (
    select
        adjusted.framework_id,
        adjusted.quarter_id,
        adjusted.trust_code,
        adjusted.trust_type_id,
        adjusted.delivery_status,
        adjusted.average_score_rank,
        adjusted.unadjusted_segment,
        adjusted.segment_low,
        adjusted.segment_high,
        adjusted.cut_point_basis,
        adjusted.segment_basis,
        adjusted.has_financial_override,
        adjusted.override_basis,
        adjusted.override_reason,
        adjusted.plan_and_variance,
        adjusted.override_segment_floor,
        adjusted.override_file_id,
        adjusted.override_row_number,
        adjusted.adjusted_segment,
        adjusted.final_segment,
        adjusted.final_segment_basis,
        adjusted.is_in_improvement_programme,
        adjusted.membership_source,
        adjusted.programme_measure_id,
        adjusted.programme_file_id,
        adjusted.programme_row_number,
        league.league_rank,
        league.league_trust_count,
        league.league_rank_basis,
        case
            when adjusted.has_financial_override and adjusted.unadjusted_segment is not null
                then coalesce(adjusted.adjusted_segment >= adjusted.override_segment_floor, false)
            else true
        end as is_override_consistent,
        (
            adjusted.delivery_status <> 'incomplete'
            or coalesce(
                adjusted.average_metric_score,
                adjusted.unadjusted_segment,
                adjusted.adjusted_segment,
                adjusted.final_segment,
                league.league_rank
            ) is null
        ) as is_incomplete_respected
    from adjusted
    left join league
        on
            adjusted.framework_id = league.framework_id
            and adjusted.quarter_id = league.quarter_id
            and adjusted.trust_code = league.trust_code
)

select * from final
