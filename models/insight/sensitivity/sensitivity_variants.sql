with sensitivity_cases as (
    select * from {{ ref('sensitivity_cases') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

-- Most cases have the averages of the framework itself: an average is made once for all that share it. Rules 2: the
-- mean is over metrics where a case says nothing else.
select distinct
    sensitivity_cases.framework_id,
    coalesce(sensitivity_cases.left_out_metric_id, 'none')
    || ' ' || coalesce(sensitivity_cases.averages_over, 'metrics') as variant_id,
    sensitivity_cases.left_out_metric_id,
    coalesce(sensitivity_cases.averages_over, 'metrics') as averages_over
from sensitivity_cases
inner join scored_frameworks
    on sensitivity_cases.framework_id = scored_frameworks.framework_id
