with register_in_force as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'group'
),

-- A label may have been entered anew without the older entry being ended. What is typed may not go out, so a group
-- is told from others by the entry that names it first.
numbered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        subject_id as group_kind,
        first_value(file_id || '-' || cast(row_number as varchar)) over (
            partition by framework_id, subject_id, value_text
            order by from_date, file_id, row_number
        ) as group_id,
        value_text as group_label,
        listed_text as listed_label,
        from_date,
        file_id,
        row_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, subject_id, value_text
            order by from_date desc, row_number desc
        ) as appearance
    from register_in_force
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        group_kind,
        group_id,
        group_label,
        listed_label,
        from_date,
        file_id,
        row_number
    from numbered
    where appearance = 1
)

select * from final
