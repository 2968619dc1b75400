with resampled_series as (
    select * from {{ ref('resampled_series') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

hundredths as (
    {{ whole_numbers(3) }}
),

cut as (
    select
        cut_points.framework_id,
        cut_points.quarter_id,
        cut_points.score_id,
        cut_points.cut_partition_id,
        hundredths.whole_number as score_hundredths,
        {{ segment_after(is_beyond_cut_point(
            'hundredths.whole_number', '100 * cut_points.cut_point', 'segmentation.is_cut_point_inside'
        )) }} as segment
    from cut_points
    inner join segmentation
        on
            cut_points.framework_id = segmentation.framework_id
            and cut_points.score_id = segmentation.score_id
    cross join hundredths
    group by
        cut_points.framework_id,
        cut_points.quarter_id,
        cut_points.score_id,
        cut_points.cut_partition_id,
        hundredths.whole_number
),

-- Rules 4: the cut points stay where they are while scores are drawn.
placed as (
    select
        resampled_series.series_number,
        resampled_series.resampled,
        resampled_series.system_segment_steps,
        resampled_series.worst_segment,
        cut.score_hundredths,
        cut.segment,
        {{ overridden_segment(
            'cut.segment', 'resampled_series.has_financial_override', 'resampled_series.override_segment_floor'
        ) }} as overridden_segment
    from resampled_series
    inner join cut
        on
            resampled_series.framework_id = cut.framework_id
            and resampled_series.quarter_id = cut.quarter_id
            and resampled_series.score_id = cut.score_id
            and resampled_series.cut_partition_id = cut.cut_partition_id
            and resampled_series.lowest_hundredths <= cut.score_hundredths
            and resampled_series.highest_hundredths >= cut.score_hundredths
),

final as (
    select
        series_number,
        score_hundredths,
        segment,
        case
            when resampled = 'average_metric_score'
                then {{ stepped_segment('overridden_segment', 'system_segment_steps', 'worst_segment') }}
        end as adjusted_segment
    from placed
)

select * from final
