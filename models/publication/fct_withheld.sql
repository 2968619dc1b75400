select
    framework_id,
    register_id,
    withheld_part,
    sensitivity_class,
    register_label,
    entry_count,
    withheld_reason
from {{ ref('withheld_parts') }}
