select
    framework_id,
    organisation_code,
    change_kind,
    change_date,
    other_code,
    change_basis,
    old_value,
    new_value,
    moved_trust_count,
    of_trust_count,
    moved_share,
    source_text,
    file_id,
    row_number
from {{ ref('organisation_changes') }}
