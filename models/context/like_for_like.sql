with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

organisation_successors as (
    select * from {{ ref('organisation_successors') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

-- Rules 0, organisations: each one that was reported in the quarter, under the one that it is today.
placed as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        coalesce(organisation_successors.standing_code, organisation_quarters.trust_code) as trust_code,
        organisation_quarters.trust_code as reported_trust_code,
        organisation_quarters.trust_type_id as reported_trust_type_id,
        coalesce(organisation_successors.has_merged, false) as has_merged,
        organisation_successors.organisation_code is not null as has_changed,
        coalesce(organisation_successors.is_chain_ended, true) as is_chain_ended,
        delivery_scores.average_metric_score,
        segments.adjusted_segment
    from organisation_quarters
    left join organisation_successors
        on
            organisation_quarters.framework_id = organisation_successors.framework_id
            and organisation_quarters.trust_code = organisation_successors.organisation_code
    left join delivery_scores
        on
            organisation_quarters.framework_id = delivery_scores.framework_id
            and organisation_quarters.quarter_id = delivery_scores.quarter_id
            and organisation_quarters.trust_code = delivery_scores.trust_code
    left join segments
        on
            organisation_quarters.framework_id = segments.framework_id
            and organisation_quarters.quarter_id = segments.quarter_id
            and organisation_quarters.trust_code = segments.trust_code
),

together as (
    select
        framework_id,
        quarter_id,
        trust_code,
        count(*) as reported_count,
        max(case when has_merged then 1 else 0 end) as any_merged,
        max(case when has_changed then 1 else 0 end) as any_changed,
        min(average_metric_score) as lowest_average_metric_score,
        max(average_metric_score) as highest_average_metric_score,
        min(adjusted_segment) as best_adjusted_segment,
        max(adjusted_segment) as worst_adjusted_segment
    from placed
    group by framework_id, quarter_id, trust_code
),

-- No figure is made for the organisations together: the framework scored them one by one, and the lowest and the
-- highest of what they got is all that can be said.
final as (
    select
        placed.framework_id,
        placed.quarter_id,
        placed.trust_code,
        placed.reported_trust_code,
        placed.reported_trust_type_id,
        together.reported_count,
        case
            when together.any_merged = 1 then 'merger'
            when together.any_changed = 1 then 'code_changed'
            else 'same_organisation'
        end as comparison_basis,
        placed.is_chain_ended,
        placed.average_metric_score,
        placed.adjusted_segment,
        together.lowest_average_metric_score,
        together.highest_average_metric_score,
        together.best_adjusted_segment,
        together.worst_adjusted_segment
    from placed
    inner join together
        on
            placed.framework_id = together.framework_id
            and placed.quarter_id = together.quarter_id
            and placed.trust_code = together.trust_code
)

select * from final
