with known_dates as (
    select * from {{ ref('known_dates') }}
),

organisation_snapshots as (
    select * from {{ ref('organisation_snapshots') }}
),

icb_code_successions as (
    select * from {{ ref('icb_code_successions') }}
),

entries as (
    select * from {{ ref('stg_register__entries') }}
    where register_id = 'organisation_change' and not is_withdrawn
),

registers as (
    select * from {{ ref('registers') }}
),

newest as (
    select * from organisation_snapshots
    where is_newest
),

-- Two names or two ICBs in two trust files: when it happened between them the files do not say, so the change is
-- dated by the first file that shows it.
seen_again as (
    select
        organisation_code,
        as_at_date,
        previous_organisation_name,
        organisation_name,
        previous_icb_code,
        icb_code,
        file_id,
        row_number
    from organisation_snapshots
    where previous_as_at_date is not null
),

changes as (
    select
        organisation_code,
        'opened' as change_kind,
        opened_date as change_date,
        '' as other_code,
        'ods' as change_basis,
        cast(null as varchar) as old_value,
        organisation_name as new_value,
        cast(null as bigint) as moved_trust_count,
        cast(null as bigint) as of_trust_count,
        cast(null as decimal(6, 4)) as moved_share,
        as_at_date as seen_date,
        cast(null as varchar) as source_text,
        file_id,
        row_number
    from newest
    where opened_date is not null
    union all
    select
        organisation_code,
        'closed' as change_kind,
        closed_date as change_date,
        '' as other_code,
        'ods' as change_basis,
        organisation_name as old_value,
        cast(null as varchar) as new_value,
        cast(null as bigint) as moved_trust_count,
        cast(null as bigint) as of_trust_count,
        cast(null as decimal(6, 4)) as moved_share,
        as_at_date as seen_date,
        cast(null as varchar) as source_text,
        file_id,
        row_number
    from newest
    where closed_date is not null
    union all
    select
        organisation_code,
        'renamed' as change_kind,
        as_at_date as change_date,
        '' as other_code,
        'ods' as change_basis,
        previous_organisation_name as old_value,
        organisation_name as new_value,
        cast(null as bigint) as moved_trust_count,
        cast(null as bigint) as of_trust_count,
        cast(null as decimal(6, 4)) as moved_share,
        as_at_date as seen_date,
        cast(null as varchar) as source_text,
        file_id,
        row_number
    from seen_again
    where lower(organisation_name) <> lower(previous_organisation_name)
    union all
    select
        organisation_code,
        'icb_changed' as change_kind,
        as_at_date as change_date,
        coalesce(icb_code, '') as other_code,
        'ods' as change_basis,
        previous_icb_code as old_value,
        icb_code as new_value,
        cast(null as bigint) as moved_trust_count,
        cast(null as bigint) as of_trust_count,
        cast(null as decimal(6, 4)) as moved_share,
        as_at_date as seen_date,
        cast(null as varchar) as source_text,
        file_id,
        row_number
    from seen_again
    where coalesce(icb_code, '') <> coalesce(previous_icb_code, '')
    union all
    select
        old_icb_code as organisation_code,
        'icb_code_succeeded' as change_kind,
        as_at_date as change_date,
        new_icb_code as other_code,
        'inferred' as change_basis,
        old_icb_code as old_value,
        new_icb_code as new_value,
        moved_trust_count,
        of_trust_count,
        moved_share,
        as_at_date as seen_date,
        cast(null as varchar) as source_text,
        file_id,
        row_number
    from icb_code_successions
    union all
    select
        entries.organisation_code,
        entries.subject_id as change_kind,
        entries.from_date as change_date,
        entries.value_text as other_code,
        'register' as change_basis,
        entries.organisation_code as old_value,
        entries.value_text as new_value,
        cast(null as bigint) as moved_trust_count,
        cast(null as bigint) as of_trust_count,
        cast(null as decimal(6, 4)) as moved_share,
        entries.from_date as seen_date,
        'register: ' || registers.register_label as source_text,
        entries.file_id,
        entries.row_number
    from entries
    inner join registers
        on entries.register_id = registers.register_id
),

final as (
    select
        known_dates.framework_id,
        changes.organisation_code,
        changes.change_kind,
        changes.change_date,
        changes.other_code,
        changes.change_basis,
        changes.old_value,
        changes.new_value,
        changes.moved_trust_count,
        changes.of_trust_count,
        changes.moved_share,
        coalesce(
            changes.source_text,
            'ODS trust file of ' || substr(cast(changes.seen_date as varchar), 1, 7)
        ) as source_text,
        changes.file_id,
        changes.row_number
    from changes
    cross join known_dates
)

select * from final
