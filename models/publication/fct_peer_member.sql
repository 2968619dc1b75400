select
    framework_id,
    quarter_id,
    grouping_id,
    group_id,
    trust_code,
    neighbour_order,
    shared_metrics,
    distance
from {{ ref('peer_members') }}
