select
    framework_id,
    quarter_id,
    trust_code,
    grouping_id,
    standing_status,
    group_count,
    context_metric_count
from {{ ref('peer_standings') }}
