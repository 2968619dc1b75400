with cut_points as (
    select * from {{ ref('cut_points') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

cut_scores as (
    select * from {{ ref('cut_scores') }}
),

cuts as (
    select
        cut_points.framework_id,
        cut_points.quarter_id,
        cut_points.cut_partition_id,
        cut_points.boundary,
        cut_points.segment,
        cut_points.cut_point,
        cut_points.cut_point_basis,
        cut_points.cut_point_basis in ('computed', 'computed_partial_pool') as moves_with_scores,
        segmentation.is_cut_point_inside,
        case
            when segmentation.is_cut_point_inside
                then
                    cast(floor(
                        {{ place_of_type_7('cut_points.trusts_counted', 'cut_points.quantile') }}
                    ) as bigint)
            else
                cast(ceil(
                    {{ place_of_type_7('cut_points.trusts_counted', 'cut_points.quantile') }}
                ) as bigint) - 1
        end as cut_place
    from cut_points
    inner join summary_measures
        on
            cut_points.framework_id = summary_measures.framework_id
            and cut_points.score_id = summary_measures.measure_id
    inner join segmentation
        on
            cut_points.framework_id = segmentation.framework_id
            and cut_points.score_id = segmentation.score_id
),

-- Between the scores k and k + 1 places from the lowest (h = k + w, 0 <= w < 1) lies the quantile
-- (1 - w) S(k) + w S(k+1). A score x is not beyond it (x <= quantile) exactly if fewer than k others are below x:
-- then S(k) >= x; otherwise S(k) < x and S(k+1) <= x. Where a score on the cut point is outside, x < quantile exactly
-- if fewer than ceil(h) - 1 others are at or below x. So a moved trust needs counts, no sorting.
final as (
    select
        cuts.framework_id,
        cuts.quarter_id,
        cuts.cut_partition_id,
        cuts.boundary,
        cuts.segment,
        cuts.cut_point,
        cuts.cut_point_basis,
        cuts.moves_with_scores,
        cuts.is_cut_point_inside,
        case when cuts.moves_with_scores then cuts.cut_place end as cut_place,
        case
            when cuts.moves_with_scores
                then max(case when cut_scores.score_position = cuts.cut_place then cut_scores.score end)
        end as score_at_place,
        case
            when cuts.moves_with_scores
                then max(case when cut_scores.score_position = cuts.cut_place + 1 then cut_scores.score end)
        end as score_after_place
    from cuts
    left join cut_scores
        on
            cuts.framework_id = cut_scores.framework_id
            and cuts.quarter_id = cut_scores.quarter_id
            and cuts.cut_partition_id = cut_scores.cut_partition_id
            and cut_scores.score_position between cuts.cut_place and cuts.cut_place + 1
    group by
        cuts.framework_id,
        cuts.quarter_id,
        cuts.cut_partition_id,
        cuts.boundary,
        cuts.segment,
        cuts.cut_point,
        cuts.cut_point_basis,
        cuts.moves_with_scores,
        cuts.is_cut_point_inside,
        cuts.cut_place
)

select * from final
