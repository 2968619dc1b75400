with drawn_outcomes as (
    select * from {{ ref('drawn_outcomes') }}
    where outcome_kind = 'score_hundredths'
),

resampled_series as (
    select * from {{ ref('resampled_series') }}
),

drawn_places as (
    select * from {{ ref('drawn_places') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

-- As many segments as there are boundaries, and one.
possible as (
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        segment
    from cut_points
    union all
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        max(segment) + 1 as segment
    from cut_points
    group by framework_id, quarter_id, score_id, cut_partition_id
),

-- What a drawn score would be published as: the segment of a domain, or both segments of the average.
measures as (
    select
        domains.framework_id,
        domains.domain_id as score_id,
        domains.domain_segment_id as measure_id,
        'segment' as segment_kind
    from domains
    where domains.is_scored
    union all
    select
        average.framework_id,
        average.measure_id as score_id,
        segment_measures.measure_id,
        segment_measures.measure_role as segment_kind
    from summary_measures as average
    inner join summary_measures as segment_measures
        on
            average.framework_id = segment_measures.framework_id
            and segment_measures.measure_role in ('unadjusted_segment', 'adjusted_segment')
    where average.measure_role = 'average_metric_score'
),

drawn as (
    select
        drawn_outcomes.series_number,
        measures.measure_id,
        case measures.segment_kind
            when 'adjusted_segment' then drawn_places.adjusted_segment
            else drawn_places.segment
        end as segment,
        cast(sum(drawn_outcomes.draws_counted) as bigint) as draws_counted
    from drawn_outcomes
    inner join drawn_places
        on
            drawn_outcomes.series_number = drawn_places.series_number
            and drawn_outcomes.outcome = drawn_places.score_hundredths
    inner join resampled_series
        on drawn_outcomes.series_number = resampled_series.series_number
    inner join measures
        on
            resampled_series.framework_id = measures.framework_id
            and resampled_series.score_id = measures.score_id
    group by
        drawn_outcomes.series_number,
        measures.measure_id,
        case measures.segment_kind
            when 'adjusted_segment' then drawn_places.adjusted_segment
            else drawn_places.segment
        end
),

actual as (
    select
        resampled_series.series_number,
        measures.measure_id,
        case measures.segment_kind
            when 'adjusted_segment' then segments.adjusted_segment
            else score_segments.segment
        end as segment
    from resampled_series
    inner join measures
        on
            resampled_series.framework_id = measures.framework_id
            and resampled_series.score_id = measures.score_id
    inner join score_segments
        on
            resampled_series.framework_id = score_segments.framework_id
            and resampled_series.quarter_id = score_segments.quarter_id
            and resampled_series.trust_code = score_segments.trust_code
            and resampled_series.score_id = score_segments.score_id
    inner join segments
        on
            resampled_series.framework_id = segments.framework_id
            and resampled_series.quarter_id = segments.quarter_id
            and resampled_series.trust_code = segments.trust_code
),

-- Draws whose adjusted segment nobody can know, because the override is unknown, are in the denominator and in no
-- segment: the probabilities of a trust then add up to less than 1, and its row says by how much.
final as (
    select
        resampled_series.framework_id,
        resampled_series.quarter_id,
        resampled_series.trust_code,
        resampled_series.trust_type_id,
        resampled_series.score_id,
        actual.measure_id,
        possible.segment,
        coalesce(drawn.draws_counted, 0) as draws_counted,
        resampled_series.draw_count,
        cast(
            cast(coalesce(drawn.draws_counted, 0) as decimal(18, 4)) / resampled_series.draw_count as decimal(6, 4)
        ) as segment_probability,
        cast(
            cast(coalesce(unknown.draws_counted, 0) as decimal(18, 4)) / resampled_series.draw_count as decimal(6, 4)
        ) as unknown_probability,
        coalesce(actual.segment = possible.segment, false) as is_segment_of_score,
        resampled_series.segment_basis,
        resampled_series.cut_point_basis
    from resampled_series
    inner join actual
        on resampled_series.series_number = actual.series_number
    inner join possible
        on
            resampled_series.framework_id = possible.framework_id
            and resampled_series.quarter_id = possible.quarter_id
            and resampled_series.score_id = possible.score_id
            and resampled_series.cut_partition_id = possible.cut_partition_id
    left join drawn
        on
            actual.series_number = drawn.series_number
            and actual.measure_id = drawn.measure_id
            and possible.segment = drawn.segment
    left join drawn as unknown
        on
            actual.series_number = unknown.series_number
            and actual.measure_id = unknown.measure_id
            and unknown.segment is null
)

select * from final
