with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
    where organisation_kind = 'provider'
),

quarters as (
    select * from {{ ref('quarters') }}
),

organisation_snapshots as (
    select * from {{ ref('organisation_snapshots') }}
),

memberships as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'icb_membership'
),

-- The newest trust file up to the end of the quarter; where none is that old, the earliest that is in hand.
placed as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        organisation_snapshots.icb_code,
        organisation_snapshots.as_at_date,
        organisation_snapshots.as_at_date <= quarters.end_date as is_in_time,
        organisation_snapshots.file_id,
        organisation_snapshots.row_number,
        row_number() over (
            partition by
                organisation_quarters.framework_id,
                organisation_quarters.quarter_id,
                organisation_quarters.trust_code
            order by
                case when organisation_snapshots.as_at_date <= quarters.end_date then 1 else 2 end,
                case
                    when organisation_snapshots.as_at_date <= quarters.end_date
                        then organisation_snapshots.as_at_date
                end desc nulls last,
                organisation_snapshots.as_at_date
        ) as preference
    from organisation_quarters
    inner join quarters
        on organisation_quarters.quarter_id = quarters.quarter_id
    inner join organisation_snapshots
        on organisation_quarters.trust_code = organisation_snapshots.organisation_code
),

register_leads as (
    select * from memberships
    where subject_id = 'lead'
),

stated as (
    select
        memberships.framework_id,
        memberships.quarter_id,
        memberships.trust_code,
        memberships.value_text as icb_code,
        memberships.subject_id = 'lead' as is_lead,
        'register' as membership_basis,
        memberships.from_date,
        memberships.file_id,
        memberships.row_number
    from memberships
    inner join organisation_quarters
        on
            memberships.framework_id = organisation_quarters.framework_id
            and memberships.quarter_id = organisation_quarters.quarter_id
            and memberships.trust_code = organisation_quarters.trust_code
    where memberships.subject_id in ('lead', 'member')
    union all
    select
        placed.framework_id,
        placed.quarter_id,
        placed.trust_code,
        placed.icb_code,
        true as is_lead,
        case when placed.is_in_time then 'ods' else 'ods_later' end as membership_basis,
        placed.as_at_date as from_date,
        placed.file_id,
        placed.row_number
    from placed
    left join register_leads
        on
            placed.framework_id = register_leads.framework_id
            and placed.quarter_id = register_leads.quarter_id
            and placed.trust_code = register_leads.trust_code
    where
        placed.preference = 1
        and placed.icb_code is not null
        and register_leads.trust_code is null
),

-- An ICB that leads is not named a second time as a member.
numbered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        icb_code,
        is_lead,
        membership_basis,
        from_date,
        file_id,
        row_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, icb_code
            order by
                case when is_lead then 1 else 2 end,
                from_date desc,
                row_number desc
        ) as appearance
    from stated
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        icb_code,
        is_lead,
        membership_basis,
        from_date,
        file_id,
        row_number
    from numbered
    where appearance = 1
)

select * from final
