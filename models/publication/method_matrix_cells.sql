with matrix_cells as (
    select * from {{ ref('matrix_cells') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    matrix_cells.framework_id,
    matrix_cells.metric_id,
    matrix_cells.row_metric_id,
    matrix_cells.column_metric_id,
    matrix_cells.row_score,
    matrix_cells.column_score,
    matrix_cells.cell_score,
    matrix_cells.source,
    matrix_cells.certainty
from matrix_cells
inner join scored_frameworks
    on matrix_cells.framework_id = scored_frameworks.framework_id
