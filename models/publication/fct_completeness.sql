select
    framework_id,
    quarter_id,
    trust_type_id,
    expected_trust_count,
    core_metric_count,
    weakest_core_metric_count,
    is_complete
from {{ ref('trust_type_completeness') }}
