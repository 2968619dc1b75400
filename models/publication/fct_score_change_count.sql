select
    framework_id,
    quarter_id,
    trust_type_id,
    change_group,
    change_group_label,
    is_segment_changed,
    has_significant_change,
    group_order,
    trust_count
from {{ ref('score_change_counts') }}
