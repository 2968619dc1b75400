-- quantile_type_7 is the only estimator there is: a seed row that names another would be silently given this one.
select
    framework_id,
    score_id as measure_id,
    estimator
from {{ ref('segmentation') }}
where coalesce(estimator, '') <> 'type_7'

union all

select
    framework_id,
    benchmark_id as measure_id,
    estimator
from {{ ref('benchmark_quantiles') }}
where coalesce(estimator, '') <> 'type_7'
