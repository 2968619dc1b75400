with known_dates as (
    select * from {{ ref('known_dates') }}
),

organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

organisation_snapshots as (
    select * from {{ ref('organisation_snapshots') }}
),

organisation_successors as (
    select * from {{ ref('organisation_successors') }}
),

entries as (
    select * from {{ ref('stg_register__entries') }}
    where register_id in ('icb_membership', 'organisation_change') and not is_withdrawn
),

numbered_quarters as (
    select
        framework_id,
        trust_code,
        trust_name,
        trust_type_id,
        organisation_kind,
        trust_subtype_label,
        region_label,
        quarter_id,
        min(quarter_id) over (partition by framework_id, trust_code) as first_quarter_id,
        row_number() over (partition by framework_id, trust_code order by quarter_id desc) as recency
    from organisation_quarters
),

reported as (
    select * from numbered_quarters
    where recency = 1
),

newest_snapshots as (
    select * from organisation_snapshots
    where is_newest
),

-- Whatever names an organisation: what a change or a membership speaks of can then be looked up.
named as (
    select
        framework_id,
        trust_code as organisation_code,
        organisation_kind
    from reported
    union all
    select
        known_dates.framework_id,
        newest_snapshots.organisation_code,
        'provider' as organisation_kind
    from newest_snapshots
    cross join known_dates
    union all
    select
        known_dates.framework_id,
        organisation_snapshots.icb_code as organisation_code,
        'icb' as organisation_kind
    from organisation_snapshots
    cross join known_dates
    where organisation_snapshots.icb_code is not null
    union all
    select
        known_dates.framework_id,
        entries.value_text as organisation_code,
        case entries.register_id when 'icb_membership' then 'icb' end as organisation_kind
    from entries
    cross join known_dates
    union all
    select
        known_dates.framework_id,
        entries.organisation_code,
        case entries.register_id when 'icb_membership' then 'provider' end as organisation_kind
    from entries
    cross join known_dates
),

codes as (
    select
        framework_id,
        organisation_code,
        max(organisation_kind) as organisation_kind
    from named
    where organisation_code <> ''
    group by framework_id, organisation_code
),

numbered_leads as (
    select
        known_dates.framework_id,
        entries.organisation_code,
        entries.value_text as lead_icb_code,
        row_number() over (
            partition by known_dates.framework_id, entries.organisation_code
            order by entries.from_date desc
        ) as recency
    from entries
    inner join known_dates
        on
            entries.from_date <= known_dates.newest_known_date
            and (entries.to_date is null or entries.to_date >= known_dates.newest_known_date)
    where entries.register_id = 'icb_membership' and entries.subject_id = 'lead'
),

register_leads as (
    select * from numbered_leads
    where recency = 1
),

final as (
    select
        codes.framework_id,
        codes.organisation_code,
        codes.organisation_kind,
        coalesce(reported.trust_name, newest_snapshots.organisation_name) as organisation_name,
        reported.trust_type_id,
        reported.trust_subtype_label,
        coalesce(reported.region_label, newest_snapshots.region_label) as region_label,
        coalesce(register_leads.lead_icb_code, newest_snapshots.icb_code) as lead_icb_code,
        case
            when register_leads.lead_icb_code is not null then 'register'
            when newest_snapshots.icb_code is not null then 'ods'
        end as lead_icb_basis,
        newest_snapshots.opened_date,
        newest_snapshots.closed_date,
        newest_snapshots.is_open,
        organisation_successors.successor_code,
        newest_snapshots.as_at_date,
        reported.trust_code is not null as is_in_scope,
        reported.first_quarter_id,
        reported.quarter_id as last_quarter_id,
        newest_snapshots.file_id,
        newest_snapshots.row_number
    from codes
    left join reported
        on
            codes.framework_id = reported.framework_id
            and codes.organisation_code = reported.trust_code
    left join newest_snapshots
        on codes.organisation_code = newest_snapshots.organisation_code
    left join register_leads
        on
            codes.framework_id = register_leads.framework_id
            and codes.organisation_code = register_leads.organisation_code
    left join organisation_successors
        on
            codes.framework_id = organisation_successors.framework_id
            and codes.organisation_code = organisation_successors.organisation_code
)

select * from final
