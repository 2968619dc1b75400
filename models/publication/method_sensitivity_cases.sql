with sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    sensitivity_cases.framework_id,
    sensitivity_cases.case_id,
    sensitivity_cases.case_kind,
    sensitivity_cases.case_label,
    sensitivity_cases.left_out_metric_id,
    sensitivity_cases.averages_over,
    sensitivity_cases.rounded_places,
    sensitivity_cases.cut_pool_id,
    sensitivity_cases.estimator,
    sensitivity_cases.is_cut_point_inside,
    sensitivity_cases.has_override,
    sensitivity_cases.source,
    sensitivity_cases.certainty
from sensitivity_cases
inner join scored_frameworks
    on sensitivity_cases.framework_id = scored_frameworks.framework_id
