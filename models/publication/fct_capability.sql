select
    framework_id,
    quarter_id,
    trust_code,
    register_id,
    subject_id,
    trust_type_id,
    organisation_kind,
    subject_label,
    display_order,
    {{ shown_unless('is_confidential', 'rating_id') }} as rating_id,
    {{ shown_unless('is_confidential', 'rating_label') }} as rating_label,
    case when is_confidential then 'withheld' else rating_status end as rating_status,
    {{ shown_unless('is_confidential', 'from_date') }} as from_date,
    {{ shown_unless('is_confidential', 'to_date') }} as to_date,
    {{ shown_unless('is_confidential', 'listed_role') }} as decided_by_role,
    {{ shown_unless('is_confidential', 'file_id') }} as file_id,
    {{ shown_unless('is_confidential', 'row_number') }} as row_number
from {{ ref('capability_ratings') }}
