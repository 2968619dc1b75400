select
    framework_id,
    quarter_id,
    trust_code,
    trust_type_id,
    score_id,
    measure_id,
    segment,
    draws_counted,
    draw_count,
    segment_probability,
    unknown_probability,
    is_segment_of_score,
    segment_basis,
    cut_point_basis
from {{ ref('segment_probabilities') }}
