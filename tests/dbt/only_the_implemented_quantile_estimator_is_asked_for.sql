-- quantile_type_7 is the only estimator there is: a seed row that names another would be silently given this one. A
-- fixed threshold has no estimator.
select
    framework_id,
    score_id as measure_id,
    estimator
from {{ ref('segmentation') }}
where
    (cut_method = 'quantile' and coalesce(estimator, '') <> 'type_7')
    or (cut_method = 'fixed_threshold' and estimator is not null)
    or coalesce(cut_method, '') not in ('quantile', 'fixed_threshold')

union all

select
    framework_id,
    benchmark_id as measure_id,
    estimator
from {{ ref('benchmark_quantiles') }}
where coalesce(estimator, '') <> 'type_7'
