select
    framework_id,
    quarter_id,
    trust_code,
    icb_code,
    is_lead,
    membership_basis,
    from_date,
    file_id,
    row_number
from {{ ref('organisation_icbs') }}
