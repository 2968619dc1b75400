-- What was observed of a cut point is of a score that is segmented, of a boundary and a quarter that exist, with
-- the highest score inside below the lowest outside, and the boundaries of one score do not cross.
with observed as (
    select * from {{ ref('observed_cut_points') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

segment_quantiles as (
    select * from {{ ref('segment_quantiles') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

ordered as (
    select
        observed.framework_id,
        observed.quarter_id,
        observed.score_id,
        observed.boundary,
        observed.highest_score_inside,
        observed.lowest_score_outside,
        segmentation.score_id as segmented_score_id,
        segment_quantiles.segment,
        quarters.quarter_id as known_quarter_id,
        lag(observed.lowest_score_outside) over (
            partition by observed.framework_id, observed.quarter_id, observed.score_id
            order by observed.boundary
        ) as lowest_score_outside_before
    from observed
    left join segmentation
        on
            observed.framework_id = segmentation.framework_id
            and observed.score_id = segmentation.score_id
    left join segment_quantiles
        on
            observed.framework_id = segment_quantiles.framework_id
            and observed.boundary = segment_quantiles.boundary
    left join quarters
        on observed.quarter_id = quarters.quarter_id
)

select
    framework_id,
    quarter_id,
    score_id,
    boundary
from ordered
where
    segmented_score_id is null
    or segment is null
    or known_quarter_id is null
    or coalesce(highest_score_inside >= lowest_score_outside, true)
    or lowest_score_outside_before > highest_score_inside
