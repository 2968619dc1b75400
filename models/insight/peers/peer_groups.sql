with peer_members as (
    select * from {{ ref('peer_members') }}
),

peer_groupings as (
    select * from {{ ref('peer_groupings') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
    where is_segmented
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

entries as (
    select * from {{ ref('stg_register__entries') }}
    where register_id = 'peer_list' and not is_withdrawn
),

kind_completeness as (
    select
        trust_type_completeness.framework_id,
        trust_type_completeness.quarter_id,
        trust_types.organisation_kind,
        min(case when trust_type_completeness.is_complete then 1 else 0 end) = 1 as is_complete
    from trust_type_completeness
    inner join organisation_scope
        on
            trust_type_completeness.framework_id = organisation_scope.framework_id
            and trust_type_completeness.trust_type_id = organisation_scope.trust_type_id
    inner join trust_types
        on trust_type_completeness.trust_type_id = trust_types.trust_type_id
    group by
        trust_type_completeness.framework_id,
        trust_type_completeness.quarter_id,
        trust_types.organisation_kind
),

groups as (
    select
        framework_id,
        quarter_id,
        grouping_id,
        group_id,
        max(group_label) as group_label,
        max(group_number) as group_number,
        max(trust_type_id) as trust_type_id,
        max(organisation_kind) as organisation_kind,
        count(*) as member_count
    from peer_members
    group by framework_id, quarter_id, grouping_id, group_id
),

list_names as (
    select
        file_id || '-' || cast(row_number as varchar) as group_id,
        value_text
    from entries
),

-- A list says itself who is on it, in hand or not.
listed as (
    select
        groups.framework_id,
        groups.quarter_id,
        groups.grouping_id,
        groups.group_id,
        count(distinct entries.organisation_code) as listed_count
    from groups
    inner join list_names
        on groups.group_id = list_names.group_id
    inner join quarters
        on groups.quarter_id = quarters.quarter_id
    inner join entries
        on
            list_names.value_text = entries.value_text
            and quarters.end_date >= entries.from_date
            and (entries.to_date is null or quarters.end_date <= entries.to_date)
    where groups.grouping_id = 'peer_list'
    group by groups.framework_id, groups.quarter_id, groups.grouping_id, groups.group_id
),

-- Rules 1, completeness: a group of a trust type that is not complete is not shown as whole.
final as (
    select
        groups.framework_id,
        groups.quarter_id,
        groups.grouping_id,
        groups.group_id,
        groups.group_label,
        groups.group_number,
        groups.member_count,
        peer_groupings.smallest_group,
        case
            when listed.listed_count is not null then listed.listed_count = groups.member_count
            when peer_groupings.is_within_trust_type then trust_type_completeness.is_complete
            else kind_completeness.is_complete
        end as is_whole
    from groups
    inner join peer_groupings
        on
            groups.framework_id = peer_groupings.framework_id
            and groups.grouping_id = peer_groupings.grouping_id
    inner join trust_type_completeness
        on
            groups.framework_id = trust_type_completeness.framework_id
            and groups.quarter_id = trust_type_completeness.quarter_id
            and groups.trust_type_id = trust_type_completeness.trust_type_id
    inner join kind_completeness
        on
            groups.framework_id = kind_completeness.framework_id
            and groups.quarter_id = kind_completeness.quarter_id
            and groups.organisation_kind = kind_completeness.organisation_kind
    left join listed
        on
            groups.framework_id = listed.framework_id
            and groups.quarter_id = listed.quarter_id
            and groups.grouping_id = listed.grouping_id
            and groups.group_id = listed.group_id
)

select * from final
