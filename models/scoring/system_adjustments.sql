with system_area_scores as (
    select * from {{ ref('system_area_scores') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

system_adjustment_rules as (
    select * from {{ ref('system_adjustment_rules') }}
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        count(*) as scored_area_count,
        sum(case when is_challenged then 1 else 0 end) as challenged_area_count
    from system_area_scores
    group by framework_id, quarter_id, trust_code
),

final as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        coalesce(counted.scored_area_count, 0) as scored_area_count,
        cast(coalesce(counted.challenged_area_count, 0) as bigint) as challenged_area_count,
        system_adjustment_rules.challenged_area_count_at_least,
        case
            when
                coalesce(counted.challenged_area_count, 0)
                >= system_adjustment_rules.challenged_area_count_at_least
                then system_adjustment_rules.segment_steps
            else 0
        end as segment_steps,
        system_adjustment_rules.worst_segment
    from trust_quarters
    inner join system_adjustment_rules
        on
            trust_quarters.framework_id = system_adjustment_rules.framework_id
            and trust_quarters.trust_type_id = system_adjustment_rules.trust_type_id
    left join counted
        on
            trust_quarters.framework_id = counted.framework_id
            and trust_quarters.quarter_id = counted.quarter_id
            and trust_quarters.trust_code = counted.trust_code
)

select * from final
