with run_scope as (
    select * from {{ ref('run_scope') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

scoped as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        earlier.quarter_id as earlier_quarter_id
    from run_scope
    inner join quarters
        on run_scope.quarter_id = quarters.quarter_id
    left join run_scope as earlier
        on
            run_scope.framework_id = earlier.framework_id
            and quarters.previous_quarter_id = earlier.quarter_id
),

-- A trust that is in one of the two quarters only is named too.
named as (
    select
        scoped.framework_id,
        scoped.quarter_id,
        scoped.earlier_quarter_id,
        trust_quarters.trust_code
    from scoped
    inner join trust_quarters
        on
            scoped.framework_id = trust_quarters.framework_id
            and scoped.quarter_id = trust_quarters.quarter_id
    union distinct
    select
        scoped.framework_id,
        scoped.quarter_id,
        scoped.earlier_quarter_id,
        trust_quarters.trust_code
    from scoped
    inner join trust_quarters
        on
            scoped.framework_id = trust_quarters.framework_id
            and scoped.earlier_quarter_id = trust_quarters.quarter_id
),

paired as (
    select
        named.framework_id,
        named.quarter_id,
        named.trust_code,
        named.earlier_quarter_id,
        coalesce(later_rows.trust_type_id, earlier_rows.trust_type_id) as trust_type_id,
        earlier_rows.trust_type_id as earlier_trust_type_id,
        later_rows.trust_code is not null as is_in_this_quarter,
        earlier_rows.trust_code is not null as is_in_earlier_quarter,
        scores_before.delivery_status as delivery_status_before,
        scores_now.delivery_status as delivery_status_now,
        coalesce(completeness_before.is_complete, false) and coalesce(completeness_now.is_complete, false)
            as is_type_complete
    from named
    left join trust_quarters as later_rows
        on
            named.framework_id = later_rows.framework_id
            and named.quarter_id = later_rows.quarter_id
            and named.trust_code = later_rows.trust_code
    left join trust_quarters as earlier_rows
        on
            named.framework_id = earlier_rows.framework_id
            and named.earlier_quarter_id = earlier_rows.quarter_id
            and named.trust_code = earlier_rows.trust_code
    left join delivery_scores as scores_now
        on
            named.framework_id = scores_now.framework_id
            and named.quarter_id = scores_now.quarter_id
            and named.trust_code = scores_now.trust_code
    left join delivery_scores as scores_before
        on
            named.framework_id = scores_before.framework_id
            and named.earlier_quarter_id = scores_before.quarter_id
            and named.trust_code = scores_before.trust_code
    left join trust_type_completeness as completeness_now
        on
            named.framework_id = completeness_now.framework_id
            and named.quarter_id = completeness_now.quarter_id
            and coalesce(later_rows.trust_type_id, earlier_rows.trust_type_id) = completeness_now.trust_type_id
    left join trust_type_completeness as completeness_before
        on
            named.framework_id = completeness_before.framework_id
            and named.earlier_quarter_id = completeness_before.quarter_id
            and coalesce(earlier_rows.trust_type_id, later_rows.trust_type_id) = completeness_before.trust_type_id
),

-- A trust without rows in a type that is not complete may be one whose rows are not in hand: that is said first.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        earlier_quarter_id,
        trust_type_id,
        earlier_trust_type_id,
        case
            when earlier_quarter_id is null then 'no_earlier_quarter'
            when not is_type_complete then 'incomplete'
            when not is_in_earlier_quarter then 'not_in_earlier_quarter'
            when not is_in_this_quarter then 'not_in_this_quarter'
            when delivery_status_before <> 'scored' or delivery_status_now <> 'scored' then 'no_metrics'
            else 'compared'
        end as score_status
    from paired
)

select * from final
