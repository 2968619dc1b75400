with known_dates as (
    select * from {{ ref('known_dates') }}
),

entries as (
    select * from {{ ref('stg_register__entries') }}
    where register_id = 'organisation_change' and not is_withdrawn
),

-- One successor for each organisation, as the register has it on the newest date known: nothing is guessed.
numbered as (
    select
        known_dates.framework_id,
        entries.organisation_code,
        entries.value_text as successor_code,
        entries.subject_id as change_kind,
        entries.from_date,
        entries.file_id,
        entries.row_number,
        row_number() over (
            partition by known_dates.framework_id, entries.organisation_code
            order by entries.from_date desc, entries.subject_id desc
        ) as recency
    from entries
    inner join known_dates
        on
            entries.from_date <= known_dates.newest_known_date
            and (entries.to_date is null or entries.to_date >= known_dates.newest_known_date)
),

direct as (
    select
        framework_id,
        organisation_code,
        successor_code,
        change_kind,
        from_date,
        file_id,
        row_number
    from numbered
    where recency = 1
),

-- A chain is followed over three changes; where a fourth follows, or it comes back to where it began, the chain
-- has no end and the scored gate refuses it.
final as (
    select
        first_step.framework_id,
        first_step.organisation_code,
        first_step.successor_code,
        first_step.change_kind,
        first_step.from_date,
        coalesce(third_step.successor_code, second_step.successor_code, first_step.successor_code)
            as standing_code,
        1
        + case when second_step.organisation_code is null then 0 else 1 end
        + case when third_step.organisation_code is null then 0 else 1 end as step_count,
        (
            first_step.change_kind = 'merged_into'
            or coalesce(second_step.change_kind, '') = 'merged_into'
            or coalesce(third_step.change_kind, '') = 'merged_into'
        ) as has_merged,
        fourth_step.organisation_code is null as is_chain_ended,
        first_step.file_id,
        first_step.row_number
    from direct as first_step
    left join direct as second_step
        on
            first_step.framework_id = second_step.framework_id
            and first_step.successor_code = second_step.organisation_code
    left join direct as third_step
        on
            second_step.framework_id = third_step.framework_id
            and second_step.successor_code = third_step.organisation_code
    left join direct as fourth_step
        on
            third_step.framework_id = fourth_step.framework_id
            and third_step.successor_code = fourth_step.organisation_code
)

select * from final
