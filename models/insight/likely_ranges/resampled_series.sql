with resampling_units as (
    select * from {{ ref('resampling_units') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

system_adjustments as (
    select * from {{ ref('system_adjustments') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

series as (
    select
        series_number,
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        score_id,
        resampled,
        unit_count,
        draw_count,
        pattern_count,
        random_seed,
        pattern_stride,
        pattern_offset,
        -- No drawn mean lies outside the units that it is the mean of.
        {{ whole_division('100 * min(scaled_score)', resampling_scale()) }} as lowest_hundredths,
        1 + {{ whole_division('100 * max(scaled_score)', resampling_scale()) }} as highest_hundredths
    from resampling_units
    where resampled <> 'score_change'
    group by
        series_number,
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        score_id,
        resampled,
        unit_count,
        draw_count,
        pattern_count,
        random_seed,
        pattern_stride,
        pattern_offset
),

-- What is held fast while scores are drawn: where a score is cut, the override and the adjustment (rules 4). A rank
-- needs the whole trust type, and in the league a known segment.
final as (
    select
        series.series_number,
        series.framework_id,
        series.quarter_id,
        series.trust_code,
        series.trust_type_id,
        series.score_id,
        series.resampled,
        series.unit_count,
        series.draw_count,
        series.pattern_count,
        series.random_seed,
        series.pattern_stride,
        series.pattern_offset,
        series.lowest_hundredths,
        series.highest_hundredths,
        pool_trust_types.pool_partition_id as cut_partition_id,
        score_segments.segment_basis,
        score_segments.cut_point_basis,
        segments.has_financial_override,
        segments.override_segment_floor,
        segments.system_segment_steps,
        segments.league_rank_basis,
        system_adjustments.worst_segment,
        case
            when
                case series.resampled
                    when 'average_metric_score' then segments.league_rank
                    else score_segments.score_rank
                end is not null
                then dense_rank() over (
                    order by series.framework_id, series.score_id, series.quarter_id, series.trust_type_id
                )
        end as rank_group_number
    from series
    left join score_segments
        on
            series.framework_id = score_segments.framework_id
            and series.quarter_id = score_segments.quarter_id
            and series.trust_code = score_segments.trust_code
            and series.score_id = score_segments.score_id
    left join segmentation
        on
            series.framework_id = segmentation.framework_id
            and series.score_id = segmentation.score_id
    left join pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
            and series.trust_type_id = pool_trust_types.trust_type_id
    left join segments
        on
            series.framework_id = segments.framework_id
            and series.quarter_id = segments.quarter_id
            and series.trust_code = segments.trust_code
    left join system_adjustments
        on
            series.framework_id = system_adjustments.framework_id
            and series.quarter_id = system_adjustments.quarter_id
            and series.trust_code = system_adjustments.trust_code
)

select * from final
