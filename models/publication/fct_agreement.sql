select
    framework_id,
    quarter_id,
    trust_type_id,
    figure_kind,
    measure_id,
    explanation,
    figure_count,
    published_count
from {{ ref('reconciliation_counts') }}
