select
    cell_status,
    meaning
from {{ ref('cell_statuses') }}
