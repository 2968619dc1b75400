with cut_scores as (
    select * from {{ ref('cut_scores') }}
),

cut_places as (
    select * from {{ ref('cut_places') }}
),

segments as (
    select * from {{ ref('segments') }}
    where quarter_id = {{ newest_quarter() }} and unadjusted_segment is not null
),

-- The better boundary is the one that the average lies beyond, the worse one the one that it does not.
final as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        case
            when cut_places.segment < segments.unadjusted_segment then 'better'
            else 'worse'
        end as direction,
        segments.unadjusted_segment,
        cut_scores.cut_partition_id,
        cut_scores.score,
        cut_scores.score_unrounded,
        cut_places.boundary,
        cut_places.cut_point,
        cut_places.cut_point_basis,
        cut_places.moves_with_scores,
        cut_places.is_cut_point_inside,
        cut_places.cut_place,
        cut_places.score_at_place,
        cut_places.score_after_place
    from segments
    inner join cut_scores
        on
            segments.framework_id = cut_scores.framework_id
            and segments.quarter_id = cut_scores.quarter_id
            and segments.trust_code = cut_scores.trust_code
    inner join cut_places
        on
            cut_scores.framework_id = cut_places.framework_id
            and cut_scores.quarter_id = cut_places.quarter_id
            and cut_scores.cut_partition_id = cut_places.cut_partition_id
            and cut_places.segment between segments.unadjusted_segment - 1 and segments.unadjusted_segment
)

select * from final
