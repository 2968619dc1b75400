select
    framework_id,
    quarter_id,
    trust_code,
    reported_trust_code,
    reported_trust_type_id,
    reported_count,
    comparison_basis,
    average_metric_score,
    adjusted_segment,
    lowest_average_metric_score,
    highest_average_metric_score,
    best_adjusted_segment,
    worst_adjusted_segment
from {{ ref('like_for_like') }}
