select
    file_id,
    file_name,
    file_kind,
    sha256,
    byte_count,
    row_count,
    landed_date,
    landed_order
from {{ ref('stg_nhse__files') }}
