select
    missing_reason_id,
    cell_status,
    meaning
from {{ ref('missing_reasons') }}
