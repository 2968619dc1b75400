select
    framework_id,
    quarter_id,
    figure_kind,
    measure_id,
    trust_code,
    trust_type_id,
    recomputed_figure,
    published_figure,
    outcome,
    file_id,
    row_number
from {{ ref('reconciliation') }}
