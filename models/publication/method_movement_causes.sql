select
    cause_id,
    step_order,
    is_score_step,
    cause_label,
    meaning
from {{ ref('movement_causes') }}
