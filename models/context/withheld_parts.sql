with entries as (
    select * from {{ ref('register_entries_in_hand') }}
),

sensitivity_classes as (
    select * from {{ ref('sensitivity_classes') }}
),

-- Of an entry given in confidence everything stays in the build; of the others each part that was typed freely.
parts as (
    select
        framework_id,
        register_id,
        register_label,
        'entry' as withheld_part,
        sensitivity_class
    from entries
    where is_confidential
    union all
    select
        framework_id,
        register_id,
        register_label,
        'value' as withheld_part,
        sensitivity_class
    from entries
    where not is_confidential and not is_value_published
    union all
    select
        framework_id,
        register_id,
        register_label,
        'role' as withheld_part,
        'free_text' as sensitivity_class
    from entries
    where not is_confidential and decided_by_role is not null and listed_role is null
    union all
    select
        framework_id,
        register_id,
        register_label,
        'reason' as withheld_part,
        'free_text' as sensitivity_class
    from entries
    where not is_confidential and reason is not null
    union all
    select
        framework_id,
        register_id,
        register_label,
        'source' as withheld_part,
        'free_text' as sensitivity_class
    from entries
    where not is_confidential and source_text is not null
),

final as (
    select
        parts.framework_id,
        parts.register_id,
        parts.withheld_part,
        parts.sensitivity_class,
        parts.register_label,
        count(*) as entry_count,
        sensitivity_classes.meaning as withheld_reason
    from parts
    left join sensitivity_classes
        on parts.sensitivity_class = sensitivity_classes.sensitivity_class
    group by
        parts.framework_id,
        parts.register_id,
        parts.withheld_part,
        parts.sensitivity_class,
        parts.register_label,
        sensitivity_classes.meaning
)

select * from final
