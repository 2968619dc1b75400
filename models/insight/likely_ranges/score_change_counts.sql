with score_changes as (
    select * from {{ ref('score_changes') }}
),

change_groups as (
    select * from {{ ref('change_groups') }}
),

trust_types as (
    select distinct
        framework_id,
        quarter_id,
        trust_type_id
    from score_changes
),

-- Laid out as NHS England's note on changes between quarters is: every group of every trust type, also an empty one.
final as (
    select
        trust_types.framework_id,
        trust_types.quarter_id,
        trust_types.trust_type_id,
        change_groups.change_group,
        change_groups.change_group_label,
        change_groups.is_segment_changed,
        change_groups.has_significant_change,
        change_groups.group_order,
        count(score_changes.trust_code) as trust_count
    from trust_types
    cross join change_groups
    left join score_changes
        on
            trust_types.framework_id = score_changes.framework_id
            and trust_types.quarter_id = score_changes.quarter_id
            and trust_types.trust_type_id = score_changes.trust_type_id
            and change_groups.change_group = score_changes.change_group
    group by
        trust_types.framework_id,
        trust_types.quarter_id,
        trust_types.trust_type_id,
        change_groups.change_group,
        change_groups.change_group_label,
        change_groups.is_segment_changed,
        change_groups.has_significant_change,
        change_groups.group_order
)

select * from final
