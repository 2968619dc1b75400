select
    framework_id,
    quarter_id,
    trust_code,
    group_kind,
    group_id,
    listed_label as group_label,
    from_date,
    file_id,
    row_number
from {{ ref('organisation_groups') }}
