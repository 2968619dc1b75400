with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

peer_groupings as (
    select * from {{ ref('peer_groupings') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

regions as (
    select * from {{ ref('regions') }}
),

organisation_icbs as (
    select * from {{ ref('organisation_icbs') }}
),

organisations as (
    select * from {{ ref('organisations') }}
),

peer_lists as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'peer_list'
),

peer_neighbours as (
    select * from {{ ref('peer_neighbours') }}
),

-- What is typed may not go out, so a list is told from others by the entry that names it first.
numbered_lists as (
    select
        framework_id,
        quarter_id,
        trust_code,
        first_value(file_id || '-' || cast(row_number as varchar)) over (
            partition by framework_id, value_text
            order by from_date, file_id, row_number
        ) as group_id,
        listed_text as group_label
    from peer_lists
),

of_the_file as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        'trust_type' as grouping_id,
        trust_quarters.trust_type_id as group_id,
        trust_types.trust_type_label as group_label,
        trust_quarters.trust_code
    from trust_quarters
    inner join trust_types
        on trust_quarters.trust_type_id = trust_types.trust_type_id
    union all
    -- No seed lists the subtypes and a label is no identifier, so a subtype is told from others by a hash of its label.
    select
        framework_id,
        quarter_id,
        'trust_subtype' as grouping_id,
        trust_type_id || ':' || substr(md5(lower(trust_subtype_label)), 1, 8) as group_id,
        trust_subtype_label as group_label,
        trust_code
    from trust_quarters
    where trust_subtype_label is not null
    union all
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        'region' as grouping_id,
        trust_quarters.organisation_kind || ':' || regions.region_id as group_id,
        regions.region_label as group_label,
        trust_quarters.trust_code
    from trust_quarters
    inner join regions
        on lower(trust_quarters.region_label) = lower(regions.region_label)
),

of_registers as (
    select
        organisation_icbs.framework_id,
        organisation_icbs.quarter_id,
        'icb' as grouping_id,
        organisation_icbs.icb_code as group_id,
        coalesce(organisations.organisation_name, organisation_icbs.icb_code) as group_label,
        organisation_icbs.trust_code
    from organisation_icbs
    left join organisations
        on
            organisation_icbs.framework_id = organisations.framework_id
            and organisation_icbs.icb_code = organisations.organisation_code
    union all
    select
        framework_id,
        quarter_id,
        'peer_list' as grouping_id,
        group_id,
        max(group_label) as group_label,
        trust_code
    from numbered_lists
    group by framework_id, quarter_id, group_id, trust_code
),

neighbourhoods as (
    select distinct
        framework_id,
        quarter_id,
        trust_code
    from peer_neighbours
),

members as (
    select
        framework_id,
        quarter_id,
        grouping_id,
        group_id,
        group_label,
        trust_code,
        cast(null as bigint) as neighbour_order,
        cast(null as bigint) as shared_metrics,
        cast(null as decimal(18, 4)) as distance
    from of_the_file
    union all
    select
        framework_id,
        quarter_id,
        grouping_id,
        group_id,
        group_label,
        trust_code,
        null as neighbour_order,
        null as shared_metrics,
        null as distance
    from of_registers
    union all
    select
        framework_id,
        quarter_id,
        'context_neighbours' as grouping_id,
        trust_code as group_id,
        'Neighbours of ' || trust_code as group_label,
        neighbour_code as trust_code,
        neighbour_order,
        shared_metrics,
        distance
    from peer_neighbours
    union all
    -- A trust is compared with its neighbours, so it stands among them.
    select
        framework_id,
        quarter_id,
        'context_neighbours' as grouping_id,
        trust_code as group_id,
        'Neighbours of ' || trust_code as group_label,
        trust_code,
        0 as neighbour_order,
        null as shared_metrics,
        0 as distance
    from neighbourhoods
),

final as (
    select
        members.framework_id,
        members.quarter_id,
        members.grouping_id,
        members.group_id,
        members.group_label,
        -- One number for what takes four columns to name: positions are worked out by it.
        cast(dense_rank() over (
            order by members.framework_id, members.quarter_id, members.grouping_id, members.group_id
        ) as bigint) as group_number,
        members.trust_code,
        trust_quarters.trust_type_id,
        trust_quarters.organisation_kind,
        members.grouping_id <> 'context_neighbours' or members.neighbour_order = 0 as is_placed,
        members.neighbour_order,
        members.shared_metrics,
        members.distance
    from members
    inner join trust_quarters
        on
            members.framework_id = trust_quarters.framework_id
            and members.quarter_id = trust_quarters.quarter_id
            and members.trust_code = trust_quarters.trust_code
    inner join peer_groupings
        on
            members.framework_id = peer_groupings.framework_id
            and members.grouping_id = peer_groupings.grouping_id
            and peer_groupings.organisation_kind in ('any', trust_quarters.organisation_kind)
)

select * from final
