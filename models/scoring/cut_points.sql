with run_scope as (
    select * from {{ ref('run_scope') }}
),

forecast_quarters as (
    select * from {{ ref('forecast_quarters') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

segment_quantiles as (
    select * from {{ ref('segment_quantiles') }}
),

segment_thresholds as (
    select * from {{ ref('segment_thresholds') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

observed_cut_points as (
    select * from {{ ref('observed_cut_points') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

{{ scores_in_one_shape() }},

partitions as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        segmentation.score_id,
        pool_trust_types.trust_type_id,
        pool_trust_types.pool_partition_id as cut_partition_id,
        trust_type_completeness.is_complete
    from run_scope
    inner join segmentation
        on run_scope.framework_id = segmentation.framework_id
    inner join pool_trust_types
        on
            segmentation.framework_id = pool_trust_types.framework_id
            and segmentation.cut_pool_id = pool_trust_types.pool_id
    inner join trust_type_completeness
        on
            run_scope.framework_id = trust_type_completeness.framework_id
            and run_scope.quarter_id = trust_type_completeness.quarter_id
            and pool_trust_types.trust_type_id = trust_type_completeness.trust_type_id
    where segmentation.cut_method = 'quantile'
),

partition_completeness as (
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        min(case when is_complete then 1 else 0 end) = 1 as is_pool_complete
    from partitions
    group by framework_id, quarter_id, score_id, cut_partition_id
),

-- Scores are counted, not listed: to 2 dp many trusts have the same one.
counted as (
    select
        partitions.framework_id,
        partitions.quarter_id,
        partitions.score_id,
        partitions.cut_partition_id,
        scores.score,
        count(*) as trusts_with_score
    from partitions
    inner join scores
        on
            partitions.framework_id = scores.framework_id
            and partitions.quarter_id = scores.quarter_id
            and partitions.score_id = scores.score_id
            and partitions.trust_type_id = scores.trust_type_id
    group by
        partitions.framework_id,
        partitions.quarter_id,
        partitions.score_id,
        partitions.cut_partition_id,
        scores.score
),

positioned as (
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        score,
        trusts_with_score,
        {{ last_place_of_counts(
            'trusts_with_score', ['framework_id', 'quarter_id', 'score_id', 'cut_partition_id'], 'score'
        ) }} as last_place,
        {{ places_of_counts(
            'trusts_with_score', ['framework_id', 'quarter_id', 'score_id', 'cut_partition_id'], 'score'
        ) }} as trusts_counted
    from counted
),

quantiles as (
    select
        positioned.framework_id,
        positioned.quarter_id,
        positioned.score_id,
        positioned.cut_partition_id,
        segment_quantiles.boundary,
        positioned.trusts_counted,
        {{ quantile_type_7_of_counts(
            'positioned.score',
            'positioned.trusts_with_score',
            'positioned.last_place',
            'positioned.trusts_counted',
            'segment_quantiles.quantile',
        ) }} as quantile_score
    from positioned
    inner join segment_quantiles
        on positioned.framework_id = segment_quantiles.framework_id
    group by
        positioned.framework_id,
        positioned.quarter_id,
        positioned.score_id,
        positioned.cut_partition_id,
        segment_quantiles.boundary,
        positioned.trusts_counted
),

based as (
    select
        partition_completeness.framework_id,
        partition_completeness.quarter_id,
        partition_completeness.score_id,
        partition_completeness.cut_partition_id,
        segment_quantiles.boundary,
        segment_quantiles.segment,
        segment_quantiles.quantile,
        quantiles.trusts_counted,
        quantiles.quantile_score,
        observed_cut_points.highest_score_inside,
        observed_cut_points.lowest_score_outside,
        case
            when partition_completeness.is_pool_complete
                then case when quantiles.quantile_score is not null then 'computed' end
            when observed_cut_points.quarter_id <> partition_completeness.quarter_id then 'carried_forward'
            when observed_cut_points.score_id is not null then 'observed'
            when quantiles.quantile_score is not null then 'computed_partial_pool'
        end as cut_point_basis
    from partition_completeness
    inner join segment_quantiles
        on partition_completeness.framework_id = segment_quantiles.framework_id
    left join quantiles
        on
            partition_completeness.framework_id = quantiles.framework_id
            and partition_completeness.quarter_id = quantiles.quarter_id
            and partition_completeness.score_id = quantiles.score_id
            and partition_completeness.cut_partition_id = quantiles.cut_partition_id
            and segment_quantiles.boundary = quantiles.boundary
    left join forecast_quarters
        on
            partition_completeness.framework_id = forecast_quarters.framework_id
            and partition_completeness.quarter_id = forecast_quarters.quarter_id
    -- What was observed are national cut points: they say nothing about a pool within a trust type. In a quarter that
    -- is forecast nothing is observed yet: those of the quarter before stand in.
    left join observed_cut_points
        on
            partition_completeness.framework_id = observed_cut_points.framework_id
            and coalesce(forecast_quarters.carried_quarter_id, partition_completeness.quarter_id)
            = observed_cut_points.quarter_id
            and partition_completeness.score_id = observed_cut_points.score_id
            and segment_quantiles.boundary = observed_cut_points.boundary
            and partition_completeness.cut_partition_id = 'all'
),

cut as (
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        boundary,
        segment,
        quantile,
        cast(
            case
                when cut_point_basis in ('observed', 'carried_forward')
                    then (highest_score_inside + lowest_score_outside) * 0.5
                else quantile_score
            end as decimal(18, 6)
        ) as cut_point,
        cut_point_basis,
        coalesce(trusts_counted, 0) as trusts_counted,
        case
            when cut_point_basis in ('observed', 'carried_forward') then highest_score_inside
        end as highest_score_inside,
        case
            when cut_point_basis in ('observed', 'carried_forward') then lowest_score_outside
        end as lowest_score_outside
    from based
    where cut_point_basis is not null
),

-- Rules 7: a fixed threshold is a row of the framework, whoever is in hand.
fixed as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        segment_thresholds.score_id,
        segment_thresholds.cut_partition_id,
        segment_thresholds.boundary,
        segment_thresholds.segment,
        segment_thresholds.threshold as cut_point
    from run_scope
    inner join segmentation
        on run_scope.framework_id = segmentation.framework_id
    inner join segment_thresholds
        on
            segmentation.framework_id = segment_thresholds.framework_id
            and segmentation.score_id = segment_thresholds.score_id
    where segmentation.cut_method = 'fixed_threshold'
),

final as (
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
    from cut
    union all
    select
        framework_id,
        quarter_id,
        score_id,
        cut_partition_id,
        boundary,
        segment,
        cast(null as decimal(6, 4)) as quantile,
        cast(cut_point as decimal(18, 6)) as cut_point,
        'fixed' as cut_point_basis,
        cast(0 as bigint) as trusts_counted,
        cast(null as decimal(6, 2)) as highest_score_inside,
        cast(null as decimal(6, 2)) as lowest_score_outside
    from fixed
)

select * from final
