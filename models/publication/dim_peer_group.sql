select
    framework_id,
    quarter_id,
    grouping_id,
    group_id,
    group_label,
    member_count,
    smallest_group,
    case when is_whole then 'computed' else 'computed_partial_pool' end as group_basis
from {{ ref('peer_groups') }}
