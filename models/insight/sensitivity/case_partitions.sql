with sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

segmentation as (
    select * from {{ ref('segmentation') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

-- How the average is cut in a case: as the framework cuts it but for what the case says. Fixed thresholds have neither
-- a pool nor an estimator to change.
cut_rules as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        sensitivity_cases.case_id,
        segmentation.score_id,
        segmentation.cut_method,
        case
            when segmentation.cut_method = 'quantile'
                then coalesce(sensitivity_cases.cut_pool_id, segmentation.cut_pool_id)
            else segmentation.cut_pool_id
        end as cut_pool_id,
        coalesce(sensitivity_cases.estimator, segmentation.estimator) as estimator,
        coalesce(sensitivity_cases.is_cut_point_inside, segmentation.is_cut_point_inside) as is_cut_point_inside,
        segmentation.cut_method = 'quantile'
        and (sensitivity_cases.cut_pool_id is not null or sensitivity_cases.estimator is not null)
            as has_other_cuts,
        sensitivity_cases.left_out_metric_id is not null
        or sensitivity_cases.averages_over is not null
        or sensitivity_cases.rounded_places is not null as has_other_averages
    from run_scope
    inner join sensitivity_cases
        on run_scope.framework_id = sensitivity_cases.framework_id
    inner join summary_measures
        on run_scope.framework_id = summary_measures.framework_id
    inner join segmentation
        on
            summary_measures.framework_id = segmentation.framework_id
            and summary_measures.measure_id = segmentation.score_id
),

joined as (
    select
        cut_rules.framework_id,
        cut_rules.quarter_id,
        cut_rules.case_id,
        pool_trust_types.trust_type_id,
        cut_rules.score_id,
        cut_rules.cut_method,
        pool_trust_types.pool_partition_id as cut_partition_id,
        cut_rules.estimator,
        cut_rules.is_cut_point_inside,
        cut_rules.has_other_cuts,
        cut_rules.has_other_averages,
        min(case when trust_type_completeness.is_complete then 1 else 0 end) over (
            partition by
                cut_rules.framework_id,
                cut_rules.quarter_id,
                cut_rules.case_id,
                pool_trust_types.pool_partition_id
        ) = 1 as is_pool_complete
    from cut_rules
    inner join pool_trust_types
        on
            cut_rules.framework_id = pool_trust_types.framework_id
            and cut_rules.cut_pool_id = pool_trust_types.pool_id
    inner join trust_type_completeness
        on
            cut_rules.framework_id = trust_type_completeness.framework_id
            and cut_rules.quarter_id = trust_type_completeness.quarter_id
            and pool_trust_types.trust_type_id = trust_type_completeness.trust_type_id
),

-- Where the pool is not whole the cut points of the framework's own scores are all there is. They stand for a case
-- that leaves them as they are; a case that moves the averages alone is measured against them, and says so; of a case
-- that would make others nothing can be said.
final as (
    select
        framework_id,
        quarter_id,
        case_id,
        trust_type_id,
        score_id,
        cut_partition_id,
        estimator,
        is_cut_point_inside,
        is_pool_complete,
        case
            when cut_method = 'quantile' and is_pool_complete then 'anew'
            when has_other_cuts then 'none'
            when has_other_averages and cut_method = 'quantile' then 'kept'
            else 'as_base'
        end as cut_treatment
    from joined
)

select * from final
