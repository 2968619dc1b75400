select
    movement_status,
    meaning
from {{ ref('movement_statuses') }}
