select
    part_id,
    part_order,
    part_label,
    is_of_metric,
    is_of_unrounded,
    meaning
from {{ ref('movement_parts') }}
