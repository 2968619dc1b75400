with case_partitions as (
    select * from {{ ref('case_partitions') }}
),

case_averages as (
    select * from {{ ref('case_averages') }}
    where average_status = 'scored'
),

segment_quantiles as (
    select * from {{ ref('segment_quantiles') }}
),

quantile_estimators as (
    select * from {{ ref('quantile_estimators') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

positioned as (
    select
        case_partitions.framework_id,
        case_partitions.quarter_id,
        case_partitions.case_id,
        case_partitions.cut_partition_id,
        case_partitions.estimator,
        case_averages.average_score,
        row_number() over (
            partition by
                case_partitions.framework_id,
                case_partitions.quarter_id,
                case_partitions.case_id,
                case_partitions.cut_partition_id
            order by case_averages.average_score
        ) as score_position,
        count(*) over (
            partition by
                case_partitions.framework_id,
                case_partitions.quarter_id,
                case_partitions.case_id,
                case_partitions.cut_partition_id
        ) as trusts_counted
    from case_partitions
    inner join case_averages
        on
            case_partitions.framework_id = case_averages.framework_id
            and case_partitions.quarter_id = case_averages.quarter_id
            and case_partitions.case_id = case_averages.case_id
            and case_partitions.trust_type_id = case_averages.trust_type_id
    where case_partitions.cut_treatment = 'anew'
),

placed as (
    select
        positioned.framework_id,
        positioned.quarter_id,
        positioned.case_id,
        positioned.cut_partition_id,
        positioned.average_score,
        positioned.score_position,
        positioned.trusts_counted,
        segment_quantiles.boundary,
        segment_quantiles.segment,
        {{ quantile_place(
            'positioned.trusts_counted', 'segment_quantiles.quantile', 'quantile_estimators.count_offset',
            'quantile_estimators.position_offset', 'quantile_estimators.is_rounded_up'
        ) }} as quantile_place
    from positioned
    inner join segment_quantiles
        on positioned.framework_id = segment_quantiles.framework_id
    inner join quantile_estimators
        on positioned.estimator = quantile_estimators.estimator
),

anew as (
    select
        framework_id,
        quarter_id,
        case_id,
        cut_partition_id,
        boundary,
        segment,
        trusts_counted,
        cast(
            {{ quantile_at('average_score', 'score_position', 'quantile_place', 'decimal(12, 10)') }}
            as decimal(18, 10)
        ) as cut_point
    from placed
    group by framework_id, quarter_id, case_id, cut_partition_id, boundary, segment, trusts_counted
),

partitions as (
    select distinct
        framework_id,
        quarter_id,
        case_id,
        score_id,
        cut_partition_id,
        cut_treatment
    from case_partitions
    where cut_treatment in ('kept', 'as_base')
),

final as (
    select
        framework_id,
        quarter_id,
        case_id,
        cut_partition_id,
        boundary,
        segment,
        cut_point,
        'computed' as cut_point_basis,
        trusts_counted
    from anew
    union all
    select
        partitions.framework_id,
        partitions.quarter_id,
        partitions.case_id,
        partitions.cut_partition_id,
        cut_points.boundary,
        cut_points.segment,
        cast(cut_points.cut_point as decimal(18, 10)) as cut_point,
        cut_points.cut_point_basis,
        cut_points.trusts_counted
    from partitions
    inner join cut_points
        on
            partitions.framework_id = cut_points.framework_id
            and partitions.quarter_id = cut_points.quarter_id
            and partitions.score_id = cut_points.score_id
            and partitions.cut_partition_id = cut_points.cut_partition_id
)

select * from final
