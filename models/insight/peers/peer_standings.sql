with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

peer_groupings as (
    select * from {{ ref('peer_groupings') }}
),

peer_members as (
    select * from {{ ref('peer_members') }}
    where is_placed
),

peer_context as (
    select * from {{ ref('peer_context') }}
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        grouping_id,
        count(*) as group_count
    from peer_members
    group by framework_id, quarter_id, trust_code, grouping_id
),

context_counts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        count(*) as context_metric_count
    from peer_context
    group by framework_id, quarter_id, trust_code
),

-- One row for each grouping, in a group of it or not: no trust is passed over in silence.
final as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        trust_quarters.trust_type_id,
        peer_groupings.grouping_id,
        case
            when counted.group_count > 0 then 'in_a_group'
            when peer_groupings.organisation_kind not in ('any', trust_quarters.organisation_kind)
                then 'not_applicable'
            when peer_groupings.grouping_id = 'peer_list' then 'on_no_list'
            when peer_groupings.grouping_id = 'context_neighbours' then 'too_little_context'
            else 'group_not_known'
        end as standing_status,
        coalesce(counted.group_count, 0) as group_count,
        case
            when peer_groupings.grouping_id = 'context_neighbours'
                then coalesce(context_counts.context_metric_count, 0)
        end as context_metric_count
    from trust_quarters
    inner join peer_groupings
        on trust_quarters.framework_id = peer_groupings.framework_id
    left join counted
        on
            trust_quarters.framework_id = counted.framework_id
            and trust_quarters.quarter_id = counted.quarter_id
            and trust_quarters.trust_code = counted.trust_code
            and peer_groupings.grouping_id = counted.grouping_id
    left join context_counts
        on
            trust_quarters.framework_id = context_counts.framework_id
            and trust_quarters.quarter_id = context_counts.quarter_id
            and trust_quarters.trust_code = context_counts.trust_code
)

select * from final
