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
from {{ ref('organisation_groups') }}
