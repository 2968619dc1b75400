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

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
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
        -- Rules 3: where the flag is unknown the adjusted segment is known only if the flag could not change it.
        {{ overridden_segment(
            'unadjusted.segment',
            'financial_overrides.has_financial_override',
            'financial_overrides.override_segment_floor',
        ) }} as overridden_segment,
        coalesce(system_adjustments.segment_steps, 0) as system_segment_steps,
        system_adjustments.worst_segment,
        frameworks.programme_segment,
        programme_memberships.is_in_improvement_programme,
        programme_memberships.membership_source,
        programme_memberships.measure_id as programme_measure_id,
        programme_memberships.file_id as programme_file_id,
        programme_memberships.row_number as programme_row_number,
        coalesce(programme_memberships.membership_basis, 'unknown') as final_segment_basis
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
    left join system_adjustments
        on
            delivery_scores.framework_id = system_adjustments.framework_id
            and delivery_scores.quarter_id = system_adjustments.quarter_id
            and delivery_scores.trust_code = system_adjustments.trust_code
),

-- Rules 7, the consultation draft: challenged areas of a system come after the deficit and cannot go past the worst
-- segment.
stepped as (
    select
        framework_id,
        quarter_id,
        trust_code,
        {{ stepped_segment('overridden_segment', 'system_segment_steps', 'worst_segment') }} as adjusted_segment
    from gathered
),

adjusted as (
    select
        gathered.framework_id,
        gathered.quarter_id,
        gathered.trust_code,
        gathered.trust_type_id,
        gathered.delivery_status,
        gathered.average_metric_score,
        gathered.average_score_rank,
        gathered.unadjusted_segment,
        gathered.segment_low,
        gathered.segment_high,
        gathered.cut_point_basis,
        gathered.segment_basis,
        gathered.has_financial_override,
        gathered.override_basis,
        gathered.override_reason,
        gathered.plan_and_variance,
        gathered.override_segment_floor,
        gathered.override_file_id,
        gathered.override_row_number,
        gathered.system_segment_steps,
        stepped.adjusted_segment,
        case
            when gathered.unadjusted_segment is null or gathered.final_segment_basis = 'unknown' then null
            when gathered.is_in_improvement_programme then gathered.programme_segment
            else stepped.adjusted_segment
        end as final_segment,
        gathered.final_segment_basis,
        gathered.is_in_improvement_programme,
        gathered.membership_source,
        gathered.programme_measure_id,
        gathered.programme_file_id,
        gathered.programme_row_number
    from gathered
    inner join stepped
        on
            gathered.framework_id = stepped.framework_id
            and gathered.quarter_id = stepped.quarter_id
            and gathered.trust_code = stepped.trust_code
),

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
        {{ league_rank(
            ['framework_id', 'quarter_id', 'trust_type_id'], 'adjusted_segment', 'average_metric_score'
        ) }} as league_rank,
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
        adjusted.system_segment_steps,
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
