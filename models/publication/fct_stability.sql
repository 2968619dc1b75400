select
    framework_id,
    quarter_id,
    trust_code,
    trust_type_id,
    adjusted_segment,
    league_rank,
    case_count,
    compared_case_count,
    kept_case_count,
    same_segment_case_count,
    stable_share,
    best_segment,
    worst_segment,
    best_rank,
    worst_rank
from {{ ref('stability') }}
