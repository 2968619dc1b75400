with run_scope as (
    select * from {{ ref('run_scope') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

trusts as (
    select
        framework_id,
        quarter_id,
        count(*) as trust_count
    from trust_quarters
    group by framework_id, quarter_id
),

catalogue as (
    select
        framework_id,
        count(*) as metric_count
    from metrics
    group by framework_id
),

value_cells as (
    select
        framework_id,
        quarter_id,
        count(*) as metric_value_count
    from metric_values
    group by framework_id, quarter_id
),

score_cells as (
    select
        framework_id,
        quarter_id,
        count(*) as metric_score_count
    from metric_scores
    group by framework_id, quarter_id
)

select
    run_scope.framework_id,
    run_scope.quarter_id,
    coalesce(trusts.trust_count, 0) as trust_count,
    coalesce(catalogue.metric_count, 0) as metric_count,
    coalesce(trusts.trust_count, 0) * coalesce(catalogue.metric_count, 0) as expected_cell_count,
    coalesce(value_cells.metric_value_count, 0) as metric_value_count,
    coalesce(score_cells.metric_score_count, 0) as metric_score_count
from run_scope
left join trusts
    on
        run_scope.framework_id = trusts.framework_id
        and run_scope.quarter_id = trusts.quarter_id
left join catalogue
    on run_scope.framework_id = catalogue.framework_id
left join value_cells
    on
        run_scope.framework_id = value_cells.framework_id
        and run_scope.quarter_id = value_cells.quarter_id
left join score_cells
    on
        run_scope.framework_id = score_cells.framework_id
        and run_scope.quarter_id = score_cells.quarter_id
