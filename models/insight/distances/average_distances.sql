{%- set score_type = 'decimal(6, ' ~ var('score_places') ~ ')' -%}
{%- set least_step = 'cast(power(0.1, ' ~ var('score_places') ~ ') as ' ~ score_type ~ ')' -%}
{#- Multiplied and not divided: a quotient of decimals is a double, and 2.30 / 0.01 is less than 230. -#}
{%- set steps_in_one = 'cast(power(10, ' ~ var('score_places') ~ ') as bigint)' -%}
with segments as (
    select * from {{ ref('segments') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
    where quarter_id = {{ newest_quarter() }}
),

next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

score_limits as (
    select * from {{ ref('score_limits') }}
),

segment_distances as (
    select * from {{ ref('segment_distances') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

directions as (
    select 'better' as direction
    union all
    select 'worse' as direction
),

score_ends as (
    select
        framework_id,
        min(best_score) as lowest_score,
        max(worst_score) as highest_score
    from score_limits
    group by framework_id
),

-- The last average inside a boundary, and so the first beyond it, with the others' averages as they are. For a trust
-- beyond a quantile the score at its place is another's; for a trust inside it is, without the trust, the next one.
edges as (
    select
        framework_id,
        quarter_id,
        trust_code,
        direction,
        case
            when not moves_with_scores and is_cut_point_inside
                then cast(
                    cast(floor(cut_point * {{ steps_in_one }}) as decimal(12, 0)) * {{ least_step }} as {{ score_type }}
                )
            when not moves_with_scores
                then cast(
                    cast(ceil(cut_point * {{ steps_in_one }}) - 1 as decimal(12, 0)) * {{ least_step }}
                    as {{ score_type }}
                )
            else
                case when direction = 'better' then score_at_place else score_after_place end
                - case when is_cut_point_inside then 0 else {{ least_step }} end
        end as last_inside
    from next_boundaries
),

needed as (
    select
        edges.framework_id,
        edges.quarter_id,
        edges.trust_code,
        edges.direction,
        case
            when edges.direction = 'better' and edges.last_inside >= score_ends.lowest_score then edges.last_inside
            when edges.direction = 'worse' and edges.last_inside < score_ends.highest_score
                then edges.last_inside + {{ least_step }}
        end as needed_average
    from edges
    inner join score_ends
        on edges.framework_id = score_ends.framework_id
),

-- Cheapest is what moves the trust past the smallest share of those it is compared with.
ordered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        direction,
        metric_id,
        distance_label,
        share_moved,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, direction
            order by share_moved nulls last, metric_id
        ) as cheapness
    from segment_distances
    where distance_status = 'distance'
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        direction,
        count(case when distance_status in ('distance', 'reranking_suffices') then 1 end) as metrics_that_suffice,
        count(case when distance_status = 'no_value_suffices' then 1 end) as metrics_that_do_not,
        count(case when distance_status in ('pool_incomplete', 'no_value_in_hand', 'part_missing') then 1 end)
            as metrics_not_known
    from segment_distances
    group by framework_id, quarter_id, trust_code, direction
),

gathered as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        directions.direction,
        segments.trust_type_id,
        segments.unadjusted_segment,
        segments.adjusted_segment,
        segments.segment_basis,
        segments.has_financial_override,
        segments.override_segment_floor,
        system_adjustments.trust_code is not null as has_system_adjustment,
        delivery_scores.average_metric_score,
        next_boundaries.boundary,
        next_boundaries.cut_point,
        next_boundaries.cut_point_basis,
        case
            when next_boundaries.boundary is null then null
            when directions.direction = 'better' then segments.unadjusted_segment - 1
            else segments.unadjusted_segment + 1
        end as next_segment,
        cast(needed.needed_average as {{ score_type }}) as needed_average,
        counted.metrics_that_suffice,
        counted.metrics_that_do_not,
        counted.metrics_not_known,
        ordered.metric_id as cheapest_metric_id,
        ordered.share_moved as cheapest_share_moved,
        ordered.distance_label as cheapest_distance_label
    from segments
    cross join directions
    inner join delivery_scores
        on
            segments.framework_id = delivery_scores.framework_id
            and segments.quarter_id = delivery_scores.quarter_id
            and segments.trust_code = delivery_scores.trust_code
    left join next_boundaries
        on
            segments.framework_id = next_boundaries.framework_id
            and segments.quarter_id = next_boundaries.quarter_id
            and segments.trust_code = next_boundaries.trust_code
            and directions.direction = next_boundaries.direction
    left join needed
        on
            segments.framework_id = needed.framework_id
            and segments.quarter_id = needed.quarter_id
            and segments.trust_code = needed.trust_code
            and directions.direction = needed.direction
    left join counted
        on
            segments.framework_id = counted.framework_id
            and segments.quarter_id = counted.quarter_id
            and segments.trust_code = counted.trust_code
            and directions.direction = counted.direction
    left join ordered
        on
            segments.framework_id = ordered.framework_id
            and segments.quarter_id = ordered.quarter_id
            and segments.trust_code = ordered.trust_code
            and directions.direction = ordered.direction
            and ordered.cheapness = 1
    left join system_adjustments
        on
            segments.framework_id = system_adjustments.framework_id
            and segments.quarter_id = system_adjustments.quarter_id
            and segments.trust_code = system_adjustments.trust_code
),

-- Rules 3: what the override makes of the next segment; an unknown override leaves it open below the floor.
adjusted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        direction,
        case
            when not has_system_adjustment
                then {{ overridden_segment('next_segment', 'has_financial_override', 'override_segment_floor') }}
        end as next_adjusted_segment
    from gathered
),

final as (
    select
        gathered.framework_id,
        gathered.quarter_id,
        gathered.trust_code,
        gathered.direction,
        gathered.trust_type_id,
        case
            when gathered.unadjusted_segment is null then 'no_segment'
            when gathered.boundary is null and gathered.direction = 'better' then 'already_best'
            when gathered.boundary is null then 'already_worst'
            when gathered.needed_average is null then 'no_average_suffices'
            else 'distance'
        end as distance_status,
        gathered.unadjusted_segment,
        gathered.next_segment,
        gathered.adjusted_segment,
        adjusted.next_adjusted_segment,
        gathered.has_financial_override,
        case
            when gathered.has_financial_override
                then adjusted.next_adjusted_segment = gathered.adjusted_segment
            when gathered.boundary is not null then gathered.has_financial_override
        end as is_held_by_override,
        gathered.average_metric_score,
        gathered.boundary,
        gathered.cut_point,
        gathered.cut_point_basis,
        gathered.segment_basis as distance_basis,
        gathered.needed_average,
        cast(gathered.needed_average - gathered.average_metric_score as {{ score_type }}) as needed_change,
        coalesce(gathered.metrics_that_suffice, 0) as metrics_that_suffice,
        coalesce(gathered.metrics_that_do_not, 0) as metrics_that_do_not,
        coalesce(gathered.metrics_not_known, 0) as metrics_not_known,
        case
            when gathered.boundary is null then null
            when gathered.metrics_that_suffice > 0 then false
            when coalesce(gathered.metrics_not_known, 0) = 0 then true
        end as no_single_metric_suffices,
        gathered.cheapest_metric_id,
        gathered.cheapest_share_moved,
        gathered.cheapest_distance_label
    from gathered
    inner join adjusted
        on
            gathered.framework_id = adjusted.framework_id
            and gathered.quarter_id = adjusted.quarter_id
            and gathered.trust_code = adjusted.trust_code
            and gathered.direction = adjusted.direction
)

select * from final
