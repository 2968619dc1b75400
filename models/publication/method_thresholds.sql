select
    framework_id,
    quarter_id,
    metric_id,
    first_quarter_id,
    threshold_kind,
    comparator as threshold_comparator,
    cast(threshold as decimal(18, 4)) as threshold,
    source,
    certainty
from {{ ref('thresholds_in_force') }}
