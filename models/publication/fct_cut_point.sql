select
    framework_id,
    quarter_id,
    score_id,
    cut_partition_id,
    boundary,
    segment,
    quantile,
    cut_point,
    cut_point_basis,
    trusts_counted,
    highest_score_inside,
    lowest_score_outside
from {{ ref('cut_points') }}
