with register_in_force as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'group'
),

-- A label may have been entered anew without the older entry being ended.
numbered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        subject_id as group_kind,
        value_text as group_label,
        from_date,
        source_text,
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
        group_label,
        from_date,
        source_text,
        file_id,
        row_number
    from numbered
    where appearance = 1
)

select * from final
