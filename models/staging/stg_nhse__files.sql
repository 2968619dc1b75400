with landed as (
    {{ landed_or_bundled('files') }}
)

select
    file_id,
    file_name,
    file_kind,
    sha256,
    cast(byte_count as bigint) as byte_count,
    cast(row_count as bigint) as row_count,
    cast(landed_date as date) as landed_date,
    cast(landed_order as bigint) as landed_order
from landed
